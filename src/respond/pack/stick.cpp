// SPDX-License-Identifier: EUPL-1.2
#include "respond/pack/stick.hpp"

#include "foundation/describe/json.hpp"

namespace releve::pack {

namespace {

/// What web/stick/pack.ts reads.
struct StickPack {
  std::string facility;
  std::string name;
  std::string day;
  std::string language;
  std::int64_t number = 0;
  std::string in_force;
  plan::PlanDocument plan;
  crisis::Obligations obligations;
};

constexpr auto describe(StickPack*) {
  return Fields{field<&StickPack::facility>("whose"),
                field<&StickPack::name>("its name"),
                field<&StickPack::day>("on which it is made"),
                field<&StickPack::language>("fr or en"),
                field<&StickPack::number>("version of the plan"),
                field<&StickPack::in_force>("its first day"),
                field<&StickPack::plan>("the plan in force"),
                field<&StickPack::obligations>("table of the clocks")};
}

/// JSON that can stand in a script element: no text ends it or begins a comment.
std::string within_script(std::string_view json) {
  std::string safe;
  safe.reserve(json.size());
  for (const char one : json) {
    if (one == '<') {
      safe += "\\u003c";
    } else {
      safe += one;
    }
  }
  return safe;
}

}  // namespace

Result<std::string> stick_page(std::string_view built, const plan::OpenPlan& plan,
                               const PaperSettings& settings, const crisis::Obligations& obligations) {
  constexpr std::string_view place = "id=\"pack\">null</script>";
  const std::size_t at = built.find(place);
  if (at == std::string_view::npos) {
    return Error{ErrorKind::not_found, message("pack.stick_not_built"), {}};
  }
  const auto& adoption = plan.version.adoption;
  const StickPack pack{settings.facility, settings.name,       settings.day,
                       settings.language, plan.version.number, adoption ? adoption->in_force : "",
                       plan.document,     obligations};
  const std::size_t begin = at + place.find("null");
  std::string page(built.substr(0, begin));
  page += within_script(to_json(pack));
  page += built.substr(begin + std::string_view("null").size());
  return page;
}

}  // namespace releve::pack
