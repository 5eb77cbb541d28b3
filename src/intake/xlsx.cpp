// SPDX-License-Identifier: EUPL-1.2
// XLSX (ECMA-376): a zip of XML parts. The archive is walked four times, since a part may be needed before
// the place where it stands: its parts; the workbook; strings and formats; the sheets.
#include "foundation/base/text.hpp"
#include "intake/readers.hpp"
#include "intake/xlsx_archive.hpp"
#include "intake/xlsx_cells.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace releve::intake {
namespace xlsx {
namespace {

struct Relation {
  std::string type;  // last word of its type: "worksheet", "sharedStrings", "styles", "officeDocument"
  std::string part;
};

using Relations = std::map<std::string, Relation>;

struct NamedSheet {
  std::string name;
  std::string relation;
};

struct Reading {
  const PackedBytes& packed;
  const Limits& limits;
  const Watch& watch;
  Findings findings;
  std::uint64_t unpacked = 0;

  bool refuse(Message what) {
    findings.add(Severity::error, std::move(what));
    return false;
  }
};

/// Walks over the archive; `visit` returns false to end. False when something failed.
template <class Visit>
bool walk(Reading& now, bool tells_progress, Visit visit) {
  PartWalk parts(now.packed, now.limits, now.watch, now.unpacked);
  if (tells_progress) {
    parts.tell_progress();
  }
  bool going = true;
  while (going && parts.next()) {
    going = visit(parts);
  }
  if (parts.failure() != nullptr && !now.findings.has_error()) {
    add_error(now.findings, *parts.failure());
  }
  return going && !now.findings.has_error();
}

/// "../media/x.png" or "/xl/styles.xml", written in a part of `folder`, as the name of a part.
std::string resolve(const std::string& folder, std::string_view target) {
  const bool absolute = target.starts_with('/') || target.starts_with('\\');
  const std::string joined = part_name(absolute ? std::string(target) : folder + std::string(target));
  std::vector<std::string_view> steps;
  for (const std::string_view step : split(joined, '/')) {
    if (step == ".." && !steps.empty()) {
      steps.pop_back();
    } else if (step != "." && step != "..") {
      steps.push_back(step);
    }
  }
  std::string part;
  for (const std::string_view step : steps) {
    part += (part.empty() ? "" : "/") + std::string(step);
  }
  return part;
}

std::string folder_of(const std::string& part) {
  const std::size_t slash = part.rfind('/');
  return slash == std::string::npos ? "" : part.substr(0, slash + 1);
}

/// Where the relations of a part stand: "xl/_rels/workbook.xml.rels".
std::string relations_of(const std::string& part) {
  const std::string folder = folder_of(part);
  return folder + "_rels/" + part.substr(folder.size()) + ".rels";
}

bool read_relations(ByteSource& source, const std::string& part, const std::string& folder, Reading& now,
                    Relations& relations) {
  XmlListener listener;
  listener.text = [](std::string_view) { return true; };
  listener.end = [](std::string_view) { return true; };
  listener.start = [&](std::string_view name, const XmlAttributes& attributes) {
    const std::string type = attributes.text("Type");
    if (name == "Relationship" && relations.size() < now.limits.max_archive_entries) {
      relations.emplace(attributes.text("Id"), Relation{type.substr(type.rfind('/') + 1),
                                                        resolve(folder, attributes.text("Target"))});
    }
    return true;
  };
  const Status status = read_xml(source, part, now.limits, listener);
  if (!status.ok()) {
    add_error(now.findings, status.error());
  }
  return status.ok();
}

bool read_workbook(ByteSource& source, const std::string& part, Reading& now, std::vector<NamedSheet>& sheets,
                   bool& from_1904) {
  XmlListener listener;
  listener.text = [](std::string_view) { return true; };
  listener.end = [](std::string_view) { return true; };
  listener.start = [&](std::string_view name, const XmlAttributes& attributes) {
    if (name == "workbookPr") {
      const std::string_view set = attributes.get("date1904").value_or("0");
      from_1904 = set == "1" || set == "true";
    } else if (name == "sheet" && sheets.size() < now.limits.max_archive_entries) {
      sheets.push_back({tidy_cell(attributes.text("name")), attributes.text("id")});
    }
    return true;
  };
  const Status status = read_xml(source, part, now.limits, listener);
  if (!status.ok()) {
    add_error(now.findings, status.error());
  }
  return status.ok();
}

/// The directory of an OLE container names its streams in UTF-16.
bool holds_encrypted_package(const PackedBytes& packed, std::string_view head) {
  std::string name;
  for (const char c : std::string_view("EncryptedPackage")) {
    name += c;
    name += '\0';
  }
  const auto number = [&](std::size_t at, std::size_t bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = bytes; i-- > 0;) {
      value = value << 8 | static_cast<unsigned char>(head[at + i]);
    }
    return value;
  };
  if (head.find(name) != std::string_view::npos) {
    return true;
  }
  if (head.size() < 512) {
    return false;
  }
  const std::uint64_t sector = std::uint64_t{1} << std::min<std::uint64_t>(number(30, 2), 16);
  return packed.piece((number(48, 4) + 1) * sector, 65536).find(name) != std::string::npos;
}

/// Names what the file is when it is no zip.
bool starts_as_zip(Reading& now) {
  const std::string head = now.packed.piece(0, 65536);
  if (now.packed.size() == 0) {
    return now.refuse(message("import.empty_file"));
  }
  if (head.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) {
    const bool encrypted = holds_encrypted_package(now.packed, head);
    return now.refuse(message(encrypted ? "import.sheet_password" : "import.sheet_old_xls"));
  }
  if (!head.starts_with("PK\x03\x04") && !head.starts_with("PK\x05\x06")) {
    return now.refuse(message("import.sheet_not_xlsx"));
  }
  return true;
}

/// First walk: the part that holds the workbook, or what the archive is instead.
bool find_workbook(Reading& now, std::string& workbook) {
  bool has_default = false;
  bool binary = false;
  std::string kind;
  Relations relations;
  const bool walked = walk(now, false, [&](PartWalk& parts) {
    has_default = has_default || parts.name() == "xl/workbook.xml";
    binary = binary || parts.name() == "xl/workbook.bin";
    if (parts.name() == "mimetype") {
      kind.resize(80);
      kind.resize(parts.read(kind));
    }
    return parts.name() != "_rels/.rels" || read_relations(parts, parts.name(), "", now, relations);
  });
  if (!walked) {
    return false;
  }
  if (kind.starts_with("application/vnd.oasis.opendocument.spreadsheet")) {
    return now.refuse(message("import.sheet_ods"));
  }
  for (const auto& [id, relation] : relations) {
    if (relation.type == "officeDocument" && relation.part.ends_with(".xml")) {
      workbook = relation.part;
    }
  }
  if (workbook.empty() && has_default) {
    workbook = "xl/workbook.xml";
  }
  return !workbook.empty() || now.refuse(message(binary ? "import.sheet_xlsb" : "import.sheet_not_xlsx"));
}

/// Second walk: the sheets in the order of their tabs and the relations that say where they stand.
bool read_outline(Reading& now, const std::string& workbook, std::vector<NamedSheet>& sheets,
                  Relations& relations, bool& from_1904) {
  bool found = false;
  const std::string relations_part = relations_of(workbook);
  const bool walked = walk(now, false, [&](PartWalk& parts) {
    if (parts.name() == workbook && !found) {
      found = true;
      return read_workbook(parts, workbook, now, sheets, from_1904);
    }
    return parts.name() != relations_part ||
           read_relations(parts, relations_part, folder_of(workbook), now, relations);
  });
  if (walked && (!found || sheets.empty())) {
    return now.refuse(message("import.sheet_not_xlsx"));
  }
  return walked;
}

std::string part_of_type(const Relations& relations, std::string_view type) {
  for (const auto& [id, relation] : relations) {
    if (relation.type == type) {
      return relation.part;
    }
  }
  return {};
}

/// Third walk: what the cells refer to.
bool read_book(Reading& now, const Relations& relations, CellBook& book) {
  std::string strings = part_of_type(relations, "sharedStrings");
  std::string styles = part_of_type(relations, "styles");
  return walk(now, false, [&](PartWalk& parts) {
    // Emptied once read: an archive may hold two parts of one name.
    if (!strings.empty() && parts.name() == strings) {
      strings.clear();
      return read_strings(parts, parts.name(), now.limits, now.findings, book.strings);
    }
    if (!styles.empty() && parts.name() == styles) {
      styles.clear();
      return read_styles(parts, parts.name(), now.limits, now.findings, book.styles);
    }
    return true;
  });
}

/// Last walk: the cells. Charts and dialogs hold none and are left out.
Workbook read_sheets(Reading& now, const std::vector<NamedSheet>& named, const Relations& relations,
                     const CellBook& book) {
  std::map<std::string, std::size_t> wanted;
  std::vector<std::size_t> missing;
  std::vector<std::optional<Sheet>> sheets(named.size());
  for (std::size_t i = 0; i < named.size(); ++i) {
    const auto relation = relations.find(named[i].relation);
    const bool known = relation != relations.end();
    const bool has_cells = !known || relation->second.type == "worksheet";
    if (has_cells && (!known || !wanted.emplace(relation->second.part, i).second)) {
      missing.push_back(i);
    }
  }
  SheetSpending spending;
  const bool read = walk(now, true, [&](PartWalk& parts) {
    const auto place = wanted.find(parts.name());
    if (place == wanted.end()) {
      return true;
    }
    const std::size_t index = place->second;
    wanted.erase(place);
    SheetGrid grid(named[index].name, now.limits, spending, now.findings);
    const bool usable = read_cells(parts, parts.name(), now.limits, now.findings, book, grid);
    sheets[index] = grid.take();
    return usable;
  });
  Workbook workbook;
  for (std::optional<Sheet>& sheet : sheets) {
    if (sheet) {
      workbook.sheets.push_back(std::move(*sheet));
    }
  }
  for (const auto& [part, index] : wanted) {
    missing.push_back(index);
  }
  for (const std::size_t index : read ? missing : std::vector<std::size_t>()) {
    now.findings.add(Severity::warning, message("import.sheet_part_missing", {{"sheet", named[index].name}}),
                     named[index].name);
  }
  return workbook;
}

Workbook read(Reading& now) {
  std::string part;
  std::vector<NamedSheet> sheets;
  Relations relations;
  CellBook book;
  if (!starts_as_zip(now) || !find_workbook(now, part) ||
      !read_outline(now, part, sheets, relations, book.from_1904) || !read_book(now, relations, book)) {
    return {};
  }
  Workbook workbook = read_sheets(now, sheets, relations, book);
  const bool nothing = std::all_of(workbook.sheets.begin(), workbook.sheets.end(),
                                   [](const Sheet& sheet) { return sheet.rows.empty(); });
  if (nothing && !now.findings.has_error()) {
    now.findings.add(Severity::warning, message("import.sheet_nothing"));
  }
  return workbook;
}

}  // namespace

static Imported<Workbook> read_packed(const PackedBytes& packed, const std::string& file,
                                      const Limits& limits, const Watch& watch) {
  Reading now{packed, limits, watch, {}, 0};
  now.findings.in_file(file);
  Workbook workbook = read(now);
  return {std::move(workbook), now.findings.take()};
}

}  // namespace xlsx

Imported<Workbook> read_xlsx(const std::string& path, const std::string& file, const Limits& limits,
                             const Watch& watch) {
  const Result<xlsx::PackedBytes> packed = xlsx::PackedBytes::open(path);
  if (!packed.ok()) {
    Findings findings;
    findings.in_file(file);
    xlsx::add_error(findings, packed.error());
    return {{}, findings.take()};
  }
  return xlsx::read_packed(*packed, file, limits, watch);
}

Imported<Workbook> read_xlsx_bytes(std::string_view bytes, const std::string& file, const Limits& limits,
                                   const Watch& watch) {
  return xlsx::read_packed(xlsx::PackedBytes::over(bytes), file, limits, watch);
}

}  // namespace releve::intake
