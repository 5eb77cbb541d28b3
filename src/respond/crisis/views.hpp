// SPDX-License-Identifier: EUPL-1.2
// What the rows of the API take and give.
#pragma once

#include "respond/crisis/board.hpp"
#include "respond/crisis/obligations.hpp"
#include "respond/crisis/rooms.hpp"

namespace releve::crisis {

/// A room in a list and in the banner.
struct RoomRow {
  std::string id;
  std::string facility;
  RoomKind kind = RoomKind::exercise;
  std::string name;
  plan::Level level = plan::Level::internal_mobilisation;
  Instant opened{};
  std::string opened_by;
  std::optional<Instant> closed;
  std::int64_t lines = 0;
  std::string next_label;           // of the clock that is due next; empty: none is running
  std::optional<Instant> next_due;  // none: without delay, or none is running
};

struct RoomRows {
  std::vector<RoomRow> items;
};

/// Where a chain has got to.
struct ChainRow {
  std::string id;
  std::string node;
  bool own = false;   // written by this instance
  bool here = false;  // begun in this room: its closings close it
  std::int64_t lines = 0;
  std::string head;
  std::string short_head;  // as people compare it
};

/// Everything about a room but its lines.
struct RoomView {
  RoomRow room;
  Instant now{};  // of the server: a screen says when its own clock differs
  std::int64_t through = 0;
  std::vector<Standing> standing;
  std::vector<RoomClock> clocks;
  std::vector<ChainRow> chains;
  std::string public_page;  // path of what the public may read, once something is published
};

struct LineRows {
  std::vector<LineRow> items;
  std::int64_t through = 0;  // last line of the room
};

struct ActivationBody {
  std::string facility;
  std::string room;
  std::string line;
  RoomKind kind = RoomKind::exercise;
  std::string name;
  plan::Level level = plan::Level::internal_mobilisation;
  std::string known;
  std::optional<Instant> happened;
};

struct FacilityPath {
  std::string facility;
};

struct RoomPath {
  std::string facility;
  std::string room;
};

struct BoardQuery {
  std::string facility;
  std::string room;
  std::optional<std::string> cut;
  std::optional<bool> internet;
};

struct LinesQuery {
  std::string facility;
  std::string room;
  std::int64_t after = 0;
  std::int64_t size = 1'000;
};

struct LineBody {
  std::string facility;
  std::string room;
  Line line;
};

/// A bulletin as it is published or withdrawn: what leaves the room is not written with the other lines.
struct BulletinBody {
  std::string facility;
  std::string room;
  std::string line;
  Bulletin bulletin;
};

struct BulletinDraft {
  std::string facility;
  std::string room;
  std::string title;
  std::string text;
  std::string title_en;
  std::string text_en;
};

struct BulletinPreview {
  std::string html;
};

struct DocumentPath {
  std::string facility;
  std::string room;
  std::string document;
};

/// A text composed from the room: to be read, corrected, copied, printed or read over the telephone.
struct DocumentText {
  std::string document;
  std::string title;
  std::string text;
};

struct UploadQuery {
  std::string facility;
  std::string room;
  std::string name;
  std::string type;
};

struct AttachmentPath {
  std::string facility;
  std::string room;
  std::string hash;
};

struct ReportPath {
  std::string facility;
  std::string room;
  std::string line;
};

struct MergeResult {
  std::int64_t lines = 0;  // taken in
  std::int64_t known = 0;  // here already
  std::vector<std::string> left_out;
  std::vector<std::string> missing_files;
};

constexpr auto describe(RoomRow*) {
  return Fields{field<&RoomRow::id>("identity"),
                field<&RoomRow::facility>("whose"),
                field<&RoomRow::kind>("real crisis or exercise"),
                field<&RoomRow::name>("name"),
                field<&RoomRow::level>("level in force"),
                field<&RoomRow::opened>("when"),
                field<&RoomRow::opened_by>("by whom"),
                field<&RoomRow::closed>("when; null: open"),
                field<&RoomRow::lines>("of its journal"),
                field<&RoomRow::next_label>("of the clock that is due next; empty: none is running"),
                field<&RoomRow::next_due>("until then; null: without delay, or none is running")};
}

constexpr auto describe(RoomRows*) {
  return Fields{field<&RoomRows::items>("open ones first, then newest first")};
}

constexpr auto describe(ChainRow*) {
  return Fields{field<&ChainRow::id>("identity"),
                field<&ChainRow::node>("who writes it"),
                field<&ChainRow::own>("written by this instance"),
                field<&ChainRow::here>("begun in this room: its closings close it"),
                field<&ChainRow::lines>("how many"),
                field<&ChainRow::head>("hash of the last line"),
                field<&ChainRow::short_head>("as people compare it")};
}

constexpr auto describe(RoomView*) {
  return Fields{
      field<&RoomView::room>("which one"),
      field<&RoomView::now>("time of the server"),
      field<&RoomView::through>("last line"),
      field<&RoomView::standing>("what holds, thing by thing"),
      field<&RoomView::clocks>("soonest due first"),
      field<&RoomView::chains>("who writes"),
      field<&RoomView::public_page>("path of what the public may read, once something is published")};
}

constexpr auto describe(LineRows*) {
  return Fields{field<&LineRows::items>("in the order of their arrival"),
                field<&LineRows::through>("last line of the room")};
}

constexpr auto describe(ActivationBody*) {
  return Fields{field<&ActivationBody::facility>("facility"),
                field<&ActivationBody::room>("UUIDv7 minted by who activates: sent twice, one room is opened",
                                             rules::key),
                field<&ActivationBody::line>("UUIDv7 of its first line", rules::key),
                field<&ActivationBody::kind>("real crisis or exercise"),
                field<&ActivationBody::name>("name; empty: of the day", rules::line),
                field<&ActivationBody::level>("level activated"),
                field<&ActivationBody::known>("first known facts", rules::text),
                field<&ActivationBody::happened>("when it was decided; absent: now", rules::optional)};
}

constexpr auto describe(FacilityPath*) {
  return Fields{field<&FacilityPath::facility>("facility")};
}

constexpr auto describe(RoomPath*) {
  return Fields{field<&RoomPath::facility>("facility"), field<&RoomPath::room>("room")};
}

constexpr auto describe(BoardQuery*) {
  return Fields{field<&BoardQuery::facility>("facility"), field<&BoardQuery::room>("room"),
                field<&BoardQuery::cut>("as if this element were cut now"),
                field<&BoardQuery::internet>("as if the internet were cut now")};
}

constexpr auto describe(LinesQuery*) {
  return Fields{
      field<&LinesQuery::facility>("facility"), field<&LinesQuery::room>("room"),
      field<&LinesQuery::after>("lines that arrived after this one", rules::count),
      field<&LinesQuery::size>("at most so many", {.minimum = 1, .maximum = 10'000, .optional = true})};
}

constexpr auto describe(LineBody*) {
  return Fields{field<&LineBody::facility>("facility"), field<&LineBody::room>("room"),
                field<&LineBody::line>("the line")};
}

constexpr auto describe(BulletinBody*) {
  return Fields{
      field<&BulletinBody::facility>("facility"), field<&BulletinBody::room>("room"),
      field<&BulletinBody::line>("UUIDv7 of its line: sent twice, it is published once", rules::key),
      field<&BulletinBody::bulletin>("the bulletin")};
}

constexpr auto describe(BulletinDraft*) {
  constexpr Rules text{.max_length = 6'000, .optional = true};
  return Fields{field<&BulletinDraft::facility>("facility"),
                field<&BulletinDraft::room>("room"),
                field<&BulletinDraft::title>("title", rules::line),
                field<&BulletinDraft::text>("the words", text),
                field<&BulletinDraft::title_en>("in English", rules::line),
                field<&BulletinDraft::text_en>("in English", text)};
}

constexpr auto describe(BulletinPreview*) {
  return Fields{field<&BulletinPreview::html>("the page as the public would see it")};
}

constexpr auto describe(DocumentPath*) {
  return Fields{field<&DocumentPath::facility>("facility"), field<&DocumentPath::room>("room"),
                field<&DocumentPath::document>("situation, or one that a clock names")};
}

constexpr auto describe(DocumentText*) {
  return Fields{field<&DocumentText::document>("which one"), field<&DocumentText::title>("title"),
                field<&DocumentText::text>("plain text")};
}

constexpr auto describe(UploadQuery*) {
  return Fields{field<&UploadQuery::facility>("facility"), field<&UploadQuery::room>("room"),
                field<&UploadQuery::name>("file name", rules::title),
                field<&UploadQuery::type>("media type", {.max_length = 100, .optional = true})};
}

constexpr auto describe(AttachmentPath*) {
  return Fields{field<&AttachmentPath::facility>("facility"), field<&AttachmentPath::room>("room"),
                field<&AttachmentPath::hash>("of the file")};
}

constexpr auto describe(ReportPath*) {
  return Fields{field<&ReportPath::facility>("facility"), field<&ReportPath::room>("room"),
                field<&ReportPath::line>("by which it was approved")};
}

constexpr auto describe(MergeResult*) {
  return Fields{field<&MergeResult::lines>("taken in"), field<&MergeResult::known>("here already"),
                field<&MergeResult::left_out>("chains that could not be taken in: why, in words"),
                field<&MergeResult::missing_files>("attachments that did not come with their lines: names")};
}

}  // namespace releve::crisis
