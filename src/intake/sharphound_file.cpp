// SPDX-License-Identifier: EUPL-1.2
// The walk: which place of the grammar each event is in.
#include "intake/sharphound_file.hpp"

#include "foundation/base/text.hpp"
#include "intake/readable.hpp"

namespace releve::intake::sharphound {

File::File(Collection& collection, Findings& findings, std::string_view name)
    : collection_(collection), findings_(findings), file_name_(name) {
  frames_.reserve(16);
}

bool File::key(std::string_view key) {
  if (passing_over_ == 0) {
    member_ = find_field(top().place, key);
  } else {
    collected_key_ = key == "Collected";
  }
  return true;
}

bool File::pass_over(const Field* field) {
  passing_over_ = 1;
  passed_over_ = field;
  if (field != nullptr && field->slot == Slot::open_graph) {
    kind_ = FileKind::open_graph;
    return false;
  }
  if (field != nullptr && field->slot != Slot::unmodelled) {
    wrong_type(*field);
  }
  return true;
}

bool File::start(bool array) {
  if (passing_over_ > 0) {
    ++passing_over_;
    return true;
  }
  if (frames_.empty()) {
    frames_.push_back(Frame{.place = Place::root});
    return !array;
  }
  const Field* field = field_here();
  if (top().array) {
    ++top().index;
  }
  if (field == nullptr || field->into == Place::none) {
    return pass_over(field);
  }
  if (field->in == Place::root && field->into == Place::record) {
    kind_ = FileKind::collection;
    type_ = field->kind == ObjectKind::unknown ? type_ : find_record_type(field->key);
  }
  if (field->slot == Slot::nt_auth_thumbprint && array) {
    collection_.nt_auth_store_seen();
  }
  if (!array && field->into == Place::record) {
    record_.clear();
  }
  if (!array && field->into == Place::trust) {
    trust_ = TrustWords{};
  }
  const Field* via = field->in == field->into && field->slot == Slot::none ? top().via : field;
  frames_.push_back(
      Frame{.field = field, .via = via, .place = field->into, .array = array, .mark = record_.links.size()});
  return true;
}

bool File::end(bool array) {
  if (passing_over_ > 0) {
    --passing_over_;
    return true;
  }
  const Frame frame = top();
  frames_.pop_back();
  if (!array && !frames_.empty()) {
    close(frame);
  }
  return !stop_ && !collection_.full();
}

bool File::scalar(const JsonScalar& value) {
  if (passing_over_ > 0) {
    if (collected_key_ && value.flag && passed_over_ != nullptr && passed_over_->slot == Slot::unmodelled) {
      collection_.not_modelled(passed_over_->key);
    }
    return true;
  }
  if (frames_.empty()) {
    return false;  // a text that is one number or one word
  }
  const Field* field = field_here();
  if (top().array) {
    ++top().index;
  }
  if (field != nullptr && value.kind != JsonKind::null) {
    apply(*field, value);
  }
  return !stop_ && !collection_.full();
}

std::string File::path() const {
  std::string path;
  for (std::size_t i = 1; i < frames_.size(); ++i) {
    if (!frames_[i - 1].array) {
      path += (path.empty() ? "" : ".") + std::string(frames_[i].field->key);
    }
    if (frames_[i].array && frames_[i].index != nothing) {
      path += "[" + std::to_string(frames_[i].index) + "]";
    }
  }
  if (!frames_.empty() && !frames_.back().array && member_ != nullptr) {
    path += (path.empty() ? "" : ".") + std::string(member_->key);
  }
  return path;
}

void File::wrong_type(const Field& field) {
  findings_.add(Severity::warning, message("sharphound.wrong_type", {{"field", std::string(field.key)}}),
                path());
}

void File::check_version() {
  constexpr std::int64_t oldest = 3;
  constexpr std::int64_t newest = 6;
  if (version_ < 0) {
    return;
  }
  collection_.version_seen(version_);
  const std::vector<Param> params{{"version", std::to_string(version_)}};
  if (version_ < oldest) {
    findings_.add(Severity::error, message("sharphound.version_old", params), "meta.version");
  } else if (version_ > newest) {
    findings_.add(Severity::warning, message("sharphound.version_new", params), "meta.version");
  }
}

void File::finish() {
  if (kind_ != FileKind::collection) {
    return;
  }
  check_version();
  if (type_ == nullptr) {
    // The name of the file is all there is: "20260301110018_users.json".
    const std::string_view stem = std::string_view(file_name_).substr(0, file_name_.rfind('.'));
    type_ = find_record_type(stem.substr(stem.find_last_of("_-") + 1));
  }
  if (type_ == nullptr && records_ > 0) {
    findings_.add(
        Severity::warning,
        message("sharphound.unknown_type", {{"type", type_text_}, {"count", std::to_string(records_)}}),
        "meta.type");
    collection_.not_modelled(type_text_.empty() ? "?" : type_text_);
  }
  if (type_ != nullptr) {
    for (const std::uint32_t object : kind_unsettled_) {
      collection_.set_kind(object, type_->kind);
    }
    if (!type_->modelled && records_ > 0) {
      collection_.not_modelled(type_->name);
    }
  }
  if (told_count_ >= 0 && told_count_ != records_) {
    findings_.add(Severity::note,
                  message("sharphound.count_differs",
                          {{"told", std::to_string(told_count_)}, {"read", std::to_string(records_)}}),
                  "meta.count");
  }
  if (without_id_ > 0) {
    findings_.add(Severity::warning, message("sharphound.no_id", {{"count", std::to_string(without_id_)}}),
                  first_without_id_);
  }
}

}  // namespace releve::intake::sharphound
