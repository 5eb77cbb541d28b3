// SPDX-License-Identifier: EUPL-1.2
// One JSON file of a collection, event by event: walks the grammar and fills the collection. Its memory is
// that of one record, whatever the size of the file.
#pragma once

#include "intake/json_stream.hpp"
#include "intake/sharphound_collection.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace releve::intake::sharphound {

/// What a file turned out to be.
enum class FileKind { collection, azure, open_graph, other };

/// The listener for read_json(). One per file.
class File {
 public:
  /// `name` helps when the file does not say its type ("20260301_users.json").
  File(Collection& collection, Findings& findings, std::string_view name);

  bool key(std::string_view key);
  bool scalar(const JsonScalar& value);
  bool start(bool array);
  bool end(bool array);

  /// After the last event: settles the type of the records, and the findings on this file.
  void finish();

  FileKind kind() const { return kind_; }

  /// "data[12].Aces[3].RightName": where reading is.
  std::string path() const;

 private:
  struct Frame {
    const Field* field = nullptr;  // that led here
    const Field* via = nullptr;    // that gives the meaning: the field around a wrapper's "Results"
    Place place = Place::none;
    bool array = false;
    bool inherited = false;
    bool refused = false;  // Collected: false
    bool by_type = false;
    bool unknown = false;           // a right, group or privilege that is not modelled
    bool of_machine = false;        // the principal is a local group of the machine
    std::uint32_t index = nothing;  // of the element under way
    std::size_t mark = 0;           // links of the record when the object began
    Mention id = {};
    std::uint32_t user = nothing;
    std::uint32_t computer = nothing;
    std::optional<Relation> relation = std::nullopt;
  };

  struct TrustWords {
    std::string sid;
    std::string name;
    std::string way;
    std::string kind;
    bool filtered = true;  // Windows filters unless told not to
    bool tgt_delegation = false;
  };

  Frame& top() { return frames_.back(); }

  const Field* field_here() const { return frames_.back().array ? frames_.back().via : member_; }

  bool pass_over(const Field* field);
  void apply(const Field& field, const JsonScalar& value);
  void apply_text(const Field& field, std::string_view text);
  void apply_flag(const Field& field, bool value);
  void apply_number(const Field& field, const JsonScalar& value);
  void apply_type(std::string_view text);
  void apply_azure(bool azure);
  void apply_record_id(std::string_view text);
  void apply_session(bool user, Mention named);
  void apply_right(std::string_view name);
  void apply_ace_type(std::string_view name);
  void apply_power(std::optional<Relation> relation, std::string_view name);
  void wrong_type(const Field& field);
  void bad_id(std::string_view text);
  std::string* text_of(Slot slot);
  Mention mention(std::string_view text);
  void use(const Field& field, Mention named);
  void close(const Frame& frame);
  void close_record();
  void close_ace(const Frame& ace);
  void close_local_group(const Frame& group);
  void close_trust();
  void apply_ca_security();
  void move_policy_members();
  void link(Mention other, Relation relation, Direction direction, std::uint32_t self = nothing);
  void check_version();

  Collection& collection_;
  Findings& findings_;
  std::string file_name_;
  std::vector<Frame> frames_;
  const Field* member_ = nullptr;       // of the object under way; null: of no interest
  std::uint32_t passing_over_ = 0;      // depth below a value that is not read
  const Field* passed_over_ = nullptr;  // its field
  bool collected_key_ = false;
  Record record_;
  TrustWords trust_;
  std::string unknown_name_;  // of the entry under way
  const RecordType* type_ = nullptr;
  std::string type_text_;
  std::int64_t told_count_ = -1;
  std::int64_t version_ = -1;
  std::int64_t records_ = 0;
  std::int64_t without_id_ = 0;
  std::string first_without_id_;
  std::vector<std::uint32_t> kind_unsettled_;  // records read before their type was
  FileKind kind_ = FileKind::other;
  bool stop_ = false;
};

}  // namespace releve::intake::sharphound
