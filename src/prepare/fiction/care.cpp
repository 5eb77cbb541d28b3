// SPDX-License-Identifier: EUPL-1.2
// Care services and what each says of itself. About 7 of 31 have confirmed their figures; the others leave
// them to the sector's defaults, as hospitals do.
#include "prepare/fiction/draft.hpp"

#include <algorithm>
#include <cmath>

namespace releve::fiction {
namespace {

double tenths(double value) {
  return std::round(value * 10) / 10;
}

void confirm(const Draft& draft, const ServiceModel& model, cartography::Service& service) {
  const std::string key = "confirmed/" + model.code;
  const auto moved = [&](std::size_t i) {
    // Each hospital differs a little from the model, by a whole number of percents.
    const double shift = static_cast<double>(draft.chance.below(key, 11, static_cast<std::uint32_t>(i))) - 5;
    return std::clamp(std::round(model.curve[i] * 100 + shift) / 100, 0.05, 1.0);
  };
  std::array<double, 6> curve{};
  for (std::size_t i = 0; i < curve.size(); ++i) {
    curve[i] = moved(i);
    if (i > 0) {
      curve[i] = std::min(curve[i], curve[i - 1]);
    }
  }
  service.capacity_2h = curve[0];
  service.capacity_8h = curve[1];
  service.capacity_24h = curve[2];
  service.capacity_72h = curve[3];
  service.capacity_1w = curve[4];
  service.capacity_4w = curve[5];
  service.weight = model.weight.value_or(1);
  if (service.beds) {
    service.occupancy = static_cast<double>(draft.chance.between(key + "/occupancy", 70, 97)) / 100;
  }
}

/// The services that have answered: those whose draw is smallest, so that their number is exact.
std::vector<std::string> confirmed_codes(const Draft& draft) {
  std::vector<std::pair<std::uint32_t, std::string>> order;
  for (const ServiceModel* model : draft.services) {
    order.emplace_back(draft.chance.word("answers/" + model->code), model->code);
  }
  std::sort(order.begin(), order.end());
  order.resize((order.size() * 7 + 15) / 31);
  std::vector<std::string> codes;
  for (const auto& [_, code] : order) {
    codes.push_back(code);
  }
  return codes;
}

}  // namespace

void draw_services(Draft& draft) {
  double shares = 0;
  for (const ServiceModel& model : draft.lexicon.care.services) {
    if (model.from <= draft.hospital.size) {
      draft.services.push_back(&model);
      shares += model.beds;
    }
  }
  RELEVE_CHECK(draft.services.size() == static_cast<std::size_t>(draft.proportions.services),
               "services.json");
  const auto confirmed = confirmed_codes(draft);
  for (const ServiceModel* model : draft.services) {
    cartography::Service service;
    service.id = model->code;
    service.name = model->name;
    service.sector = model->sector;
    if (model->beds > 0) {
      service.beds = std::max(2.0, std::round(draft.proportions.beds * model->beds / shares));
    }
    const bool answered = std::find(confirmed.begin(), confirmed.end(), model->code) != confirmed.end();
    if (model->activity && (answered || draft.chance.happens("activity/" + model->code, 0.6))) {
      service.daily_activity = tenths(draft.proportions.beds * *model->activity);
      service.activity_unit = model->unit;
    }
    if (answered) {
      confirm(draft, *model, service);
    }
    draft.hospital.inventory.services.push_back(std::move(service));
  }
}

}  // namespace releve::fiction
