// SPDX-License-Identifier: EUPL-1.2
// The readers of this room, one per format. All pure and thread-safe; see imported.hpp for their manners.
#pragma once

#include "intake/directory.hpp"
#include "intake/directory_health.hpp"
#include "intake/exploitation.hpp"
#include "intake/imported.hpp"
#include "intake/scan.hpp"
#include "intake/sheet.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace releve::intake {

enum class Format { sharphound, nmap, nessus, openvas, pingcastle, kev, epss, xlsx, csv };

/// Recognises a file by its name and its first bytes (64 KB suffice). Nothing when no reader claims it;
std::optional<Format> recognise(std::string_view file_name, std::string_view head);

// Scans (nmap.cpp, nessus.cpp, openvas.cpp, pingcastle.cpp): XML, read with libxml2's push parser. Entity
// declarations and external subsets are refused; a bare DOCTYPE (Nmap) is fine.
Imported<Scan> read_nmap(ByteSource& source, const std::string& file, const Limits& limits,
                         const Watch& watch);
Imported<Scan> read_nessus(ByteSource& source, const std::string& file, const Limits& limits,
                           const Watch& watch);
Imported<Scan> read_openvas(ByteSource& source, const std::string& file, const Limits& limits,
                            const Watch& watch);
Imported<DirectoryHealth> read_pingcastle(ByteSource& source, const std::string& file, const Limits& limits,
                                          const Watch& watch);

// Exploitation (kev.cpp, epss.cpp). EPSS also accepts gzip.
Imported<KevCatalogue> read_kev(ByteSource& source, const std::string& file, const Limits& limits,
                                const Watch& watch);
Imported<EpssTable> read_epss(ByteSource& source, const std::string& file, const Limits& limits,
                              const Watch& watch);

// Directory (sharphound.cpp, archive.cpp): a zip of JSON files, or one JSON file.
Imported<Directory> read_sharphound(ByteSource& source, const std::string& file, const Limits& limits,
                                    const Watch& watch);

// Spreadsheets (xlsx.cpp, csv.cpp). XLSX needs several passes over the archive, hence a path or a memory
// block. CSV: separator ; , or tab, found by itself; UTF-8, UTF-16 with its mark, or Windows-1252.
Imported<Workbook> read_xlsx(const std::string& path, const std::string& file, const Limits& limits,
                             const Watch& watch);
Imported<Workbook> read_xlsx_bytes(std::string_view bytes, const std::string& file, const Limits& limits,
                                   const Watch& watch);
Imported<Workbook> read_csv(ByteSource& source, const std::string& file, const Limits& limits,
                            const Watch& watch);

/// One or the other, as its first bytes say.
Imported<Workbook> read_spreadsheet(std::string_view bytes, const std::string& file);

/// Reads a file from disk in blocks of 64 KB. failure() is set when it cannot be opened or read.
class FileSource final : public ByteSource {
 public:
  explicit FileSource(const std::string& path);
  ~FileSource() override;
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  std::size_t read(std::span<char> buffer) override;

  const Error* failure() const override { return failure_ ? &*failure_ : nullptr; }

 private:
  int descriptor_ = -1;
  std::optional<Error> failure_;
};

}  // namespace releve::intake
