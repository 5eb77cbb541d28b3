// SPDX-License-Identifier: EUPL-1.2
#include "respond/crisis/endpoints.hpp"

#include "foundation/api/bind.hpp"
#include "foundation/report/pdf.hpp"
#include "respond/crisis/boards.hpp"
#include "respond/crisis/bulletin_page.hpp"
#include "respond/crisis/documents.hpp"
#include "respond/crisis/report_page.hpp"
#include "respond/crisis/views.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <limits>
#include <mutex>

namespace releve::crisis {

using api::Method;
using api::Right;
using api::Session;

namespace {

constexpr std::uint64_t largest_line = 300'000;           // bytes
constexpr std::uint64_t largest_attachment = 50'000'000;  // bytes: a photograph, a scanned form
constexpr std::int64_t whole_journal = std::numeric_limits<std::int64_t>::max();

/// The handlers' common ground.
class Desk {
 public:
  explicit Desk(EndpointParts parts) : parts_(std::move(parts)) {}

  Rooms& rooms() const { return parts_.rooms; }

  RoomRow row_of(const Room& room, const Standings& standings, const std::vector<RoomClock>& clocks) const {
    RoomRow row{room.id,     room.facility,  room.kind,   room.name,           standings.level(),
                room.opened, room.opened_by, room.closed, standings.through(), {},
                {}};
    if (!clocks.empty() &&
        (clocks.front().state == ClockState::running || clocks.front().state == ClockState::late)) {
      row.next_label = clocks.front().label;
      row.next_due = clocks.front().due;
    }
    return row;
  }

  Result<RoomRows> list(const Session& session, const std::string& facility) const {
    TRY(parts_.facilities.find(facility));
    RoomRows rows;
    for (const Room& room : rooms().list(facility)) {
      const auto standings = rooms().standings(room);
      rows.items.push_back(row_of(room, *standings, clocks(*standings, session)));
    }
    return rows;
  }

  Result<RoomView> view(const Session& session, const Room& room) const {
    const auto standings = rooms().standings(room);
    RoomView view;
    view.clocks = clocks(*standings, session);
    view.room = row_of(room, *standings, view.clocks);
    view.now = session.now;
    view.through = standings->through();
    view.standing = standings->list();
    for (const JournalEnd& end : rooms().ends(room)) {
      view.chains.push_back({end.chain.id, end.chain.node, end.own, end.chain.room == room.id,
                             end.head.number, end.head.hash, short_head(end.head.hash)});
    }
    view.public_page = std::string(public_root) + rooms().public_name(room.id);
    return view;
  }

  /// What the public reads, with `draft` above it.
  Result<std::string> page(const Room& room, const Session& session,
                           const std::optional<Bulletin>& draft = {}) const {
    PublicPage page{TRY(parts_.facilities.find(room.facility)).name, room.kind,
                    told_to_the_public(*rooms().standings(room))};
    if (draft) {
      page.told.insert(page.told.begin(), {*draft, session.now});
    }
    return write_page(page, rooms().voice(room.facility, "fr"));
  }

  Result<LineRow> publish(const Session& session, const BulletinBody& in) const {
    const Room room = TRY(rooms().find(in.facility, in.room));
    Line line{.id = in.line, .kind = LineKind::decision};
    line.deed.emplace().bulletin = in.bulletin;
    return rooms().write(room, std::move(line), session.user, session.language);
  }

  Result<ImpactBoard> board(const Session& session, const Room& room, const Cut& cut = {}) const {
    const CompiledHospital hospital = TRY(parts_.forecasters.of(room.facility));
    const auto standings = rooms().standings(room);
    if (cut.element.empty() && !cut.internet) {
      return *boards_->of(room.id, *standings, hospital, session.now);
    }
    return board_of(*standings, *hospital.map, *hospital.forecaster, session.now, cut);
  }

  Result<Picture> picture(const Session& session, const Room& room) const {
    const auto standings = rooms().standings(room);
    Picture picture{room, {}, standings->list(), {}, {}, {}, {}, session.now};
    picture.facility = TRY(parts_.facilities.find(room.facility)).name;
    picture.lines = rooms().lines(room, 0, whole_journal);
    picture.board = TRY(board(session, room));
    picture.clocks = clocks(*standings, session);
    // Where these lines end, whatever was written meanwhile. A restored copy has no chain of its own yet.
    picture.head = picture.lines.empty() ? "" : picture.lines.back().hash;
    for (const JournalEnd& end : rooms().ends(room)) {
      for (const LineRow& row : picture.lines) {
        picture.head = end.own && row.chain == end.chain.id ? row.hash : picture.head;
      }
    }
    return picture;
  }

  Result<DocumentText> document(const Session& session, const DocumentPath& in) const {
    const Room room = TRY(rooms().find(in.facility, in.room));
    if (std::find(documents.begin(), documents.end(), in.document) == documents.end()) {
      return Error{ErrorKind::not_found, message("room.no_such_document"), {}};
    }
    const Voice voice = rooms().voice(in.facility, session.language);
    return DocumentText{in.document, voice.say("room.document." + in.document, {{"facility", room.name}}),
                        compose(in.document, TRY(picture(session, room)), voice)};
  }

  /// One at a time: in a crisis the server has other work.
  Result<api::File> report_as_pdf(const Session& session, const ReportPath& in) const {
    const auto [room, row, facility] = TRY(report(in));
    const std::unique_lock lock(*printing_, std::try_to_lock);
    if (!lock) {
      return Error{ErrorKind::conflict, message("room.report_being_made"), {}};
    }
    const std::string page = report_page(row, room, facility, rooms().voice(in.facility, session.language));
    const report::PdfLimits limits{.time = std::chrono::seconds(60), .processor = std::chrono::seconds(30)};
    return api::File{"application/pdf", "situation-" + std::to_string(row.line.deed->report->number) + ".pdf",
                     TRY(report::pdf_of(page, parts_.files.spool(), {}, limits))};
  }

  Result<api::File> attachment(const AttachmentPath& in) const {
    const Room room = TRY(rooms().find(in.facility, in.room));
    const Attachment found = TRY(rooms().attachment(room, in.hash));
    // Never as what it says it is: a page among the attachments must not run in ours.
    return api::File{"application/octet-stream", found.name, TRY(parts_.files.get(found.hash))};
  }

  Result<MergeResult> merge(const Session& session, const RoomPath& in, const api::Upload& upload) const {
    const Room room = TRY(rooms().find(in.facility, in.room));
    std::ifstream file(upload.path, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    const JournalFile journal = TRY(read_journal(text));
    Merged merged = TRY(rooms().merge(room, journal, session.user, session.language));
    MergeResult result{merged.lines, merged.known, {}, std::move(merged.missing_files)};
    for (const Message& why : merged.left_out) {
      result.left_out.push_back(rooms().voice(room.facility, session.language).say(why));
    }
    return result;
  }

 private:
  struct Approved {
    Room room;
    LineRow row;  // bears a report
    std::string facility;
  };

  Result<Approved> report(const ReportPath& in) const {
    const Room room = TRY(rooms().find(in.facility, in.room));
    for (const Standing& one : rooms().standings(room)->list()) {
      if (one.row.line.id == in.line && one.row.line.deed->report) {
        return Approved{room, one.row, TRY(parts_.facilities.find(in.facility)).name};
      }
    }
    return Error{ErrorKind::not_found, message("room.no_such_report"), {}};
  }

  std::vector<RoomClock> clocks(const Standings& standings, const Session& session) const {
    return clocks_of(standings, *parts_.obligations(), session.now, session.language);
  }

  EndpointParts parts_;
  std::shared_ptr<Boards> boards_ = std::make_shared<Boards>();
  std::shared_ptr<std::mutex> printing_ = std::make_shared<std::mutex>();
};

using DeskPointer = std::shared_ptr<const Desk>;

std::vector<api::Endpoint> reading(const DeskPointer& desk) {
  using api::on;
  const std::string room = "/facilities/{facility}/rooms/{room}";
  return {
      on(Method::get, "/facilities/{facility}/rooms", Right::crisis, "Crisis rooms",
         [desk](const Session& session, const FacilityPath& in) { return desk->list(session, in.facility); }),
      on(Method::get, room, Right::crisis, "One room: what holds, its clocks, its chains",
         [desk](const Session& session, const RoomPath& in) -> Result<RoomView> {
           return desk->view(session, TRY(desk->rooms().find(in.facility, in.room)));
         }),
      on(Method::get, room + "/lines", Right::crisis, "Lines of the journal, in the order of their arrival",
         [desk](const Session&, const LinesQuery& in) -> Result<LineRows> {
           const Room found = TRY(desk->rooms().find(in.facility, in.room));
           return LineRows{desk->rooms().lines(found, in.after, in.size),
                           desk->rooms().standings(found)->through()};
         }),
      on(Method::get, room + "/board", Right::crisis, "The impact board: declared beside forecast",
         [desk](const Session& session, const BoardQuery& in) -> Result<ImpactBoard> {
           return desk->board(session, TRY(desk->rooms().find(in.facility, in.room)),
                              {in.cut.value_or(""), in.internet.value_or(false)});
         }),
      on(Method::get, room + "/documents/{document}", Right::crisis, "A text composed from the room",
         [desk](const Session& session, const DocumentPath& in) { return desk->document(session, in); }),
      on(Method::get, room + "/reports/{line}/pdf", Right::crisis, "An approved situation report as PDF",
         [desk](const Session& session, const ReportPath& in) { return desk->report_as_pdf(session, in); }),
      on(Method::get, room + "/journal", Right::crisis, "The journal with its chains, as a file",
         [desk](const Session&, const RoomPath& in) -> Result<api::File> {
           const Room found = TRY(desk->rooms().find(in.facility, in.room));
           return api::File{"application/x-ndjson", "journal-" + found.id + ".jsonl",
                            write_journal(desk->rooms().journal(found))};
         }),
      on(Method::get, room + "/journal/text", Right::crisis, "The journal as people read it",
         [desk](const Session& session, const RoomPath& in) -> Result<api::File> {
           const Room found = TRY(desk->rooms().find(in.facility, in.room));
           return api::File{"text/plain; charset=utf-8", "journal-" + found.id + ".txt",
                            journal_text(TRY(desk->picture(session, found)),
                                         desk->rooms().voice(in.facility, session.language))};
         }),
      on(Method::get, room + "/bulletins/page", Right::crisis, "What the public reads, as one file",
         [desk](const Session& session, const RoomPath& in) -> Result<api::File> {
           const Room found = TRY(desk->rooms().find(in.facility, in.room));
           return api::File{"text/html; charset=utf-8", "bulletin-" + found.facility + ".html",
                            TRY(desk->page(found, session))};
         }),
      on(Method::get, room + "/attachments/{hash}", Right::crisis, "A file that a line names",
         [desk](const Session&, const AttachmentPath& in) { return desk->attachment(in); }),
  };
}

std::vector<api::Endpoint> writing(const DeskPointer& desk) {
  using api::on;
  const std::string room = "/facilities/{facility}/rooms/{room}";
  api::Endpoint line = on(Method::post, room + "/lines", Right::crisis, "Write a line of the journal",
                          [desk](const Session& session, const LineBody& in) -> Result<LineRow> {
                            const Room found = TRY(desk->rooms().find(in.facility, in.room));
                            if (in.line.deed && in.line.deed->bulletin) {
                              return Error{ErrorKind::invalid, message("room.bulletin_apart"), "line.deed"};
                            }
                            return desk->rooms().write(found, in.line, session.user, session.language);
                          });
  line.max_body = largest_line;
  line = api::with_own_trail(std::move(line));  // the journal itself says who wrote what, and is chained
  return {
      on(Method::post, "/facilities/{facility}/rooms", Right::crisis, "Activate the plan: open a room",
         [desk](const Session& session, const ActivationBody& in) -> Result<RoomView> {
           const Activation wanted{in.facility, in.room,  in.line,  in.kind,
                                   in.name,     in.level, in.known, in.happened};
           return desk->view(session, TRY(desk->rooms().activate(wanted, session.user, session.language)));
         }),
      std::move(line),
      on(Method::post, room + "/bulletins/preview", Right::crisis,
         "The public page with this on it; nothing is published",
         [desk](const Session& session, const BulletinDraft& in) -> Result<BulletinPreview> {
           const Room found = TRY(desk->rooms().find(in.facility, in.room));
           const Bulletin draft{"", 0, in.title, in.text, in.title_en, in.text_en, ""};
           return BulletinPreview{TRY(desk->page(found, session, draft))};
         }),
      on(Method::post, room + "/bulletins", Right::crisis, "Publish a bulletin, or withdraw it",
         [desk](const Session& session, const BulletinBody& in) { return desk->publish(session, in); }),
      api::on_upload(room + "/attachments", Right::crisis, "Receive a file that a line will name",
                     largest_attachment,
                     [desk](const Session& session, const UploadQuery& in,
                            const api::Upload& upload) -> Result<Attachment> {
                       const Room found = TRY(desk->rooms().find(in.facility, in.room));
                       return desk->rooms().attach(found, upload.path, in.name, in.type, session.user);
                     }),
      api::on_upload(room + "/merge", Right::crisis, "Take in the journal of another node", max_journal_file,
                     [desk](const Session& session, const RoomPath& in, const api::Upload& upload) {
                       return desk->merge(session, in, upload);
                     }),
  };
}

}  // namespace

std::vector<api::Endpoint> endpoints(EndpointParts parts) {
  const auto desk = std::make_shared<const Desk>(std::move(parts));
  std::vector<api::Endpoint> rows = reading(desk);
  auto more = writing(desk);
  std::move(more.begin(), more.end(), std::back_inserter(rows));
  return rows;
}

}  // namespace releve::crisis
