// SPDX-License-Identifier: EUPL-1.2
// What the tests of the scan readers share.
#pragma once

#include "foundation/base/text.hpp"
#include "intake/corpus_for_tests.hpp"
#include "intake/readers.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace releve::intake {

using ScanReader = Imported<Scan> (*)(ByteSource&, const std::string&, const Limits&, const Watch&);

inline Imported<Scan> read_bytes(ScanReader reader, std::string_view bytes, const Limits& limits = {}) {
  MemorySource source(bytes);
  return reader(source, "scan.xml", limits, {});
}

/// "E xml.too_deep": severity and code of every finding, in order.
inline std::vector<std::string> finding_codes(const std::vector<Finding>& findings) {
  std::vector<std::string> codes;
  for (const Finding& finding : findings) {
    const char* mark = finding.severity == Severity::error     ? "E "
                       : finding.severity == Severity::warning ? "W "
                                                               : "N ";
    codes.push_back(mark + finding.message.code);
  }
  return codes;
}

/// What must hold of any outcome, whatever the bytes were.
inline void expect_sound(const Imported<Scan>& read, const std::string& what) {
  const Scan& scan = read.value;
  if (scan.hosts.empty()) {
    EXPECT_FALSE(read.findings.empty()) << what;
  } else {
    EXPECT_TRUE(read.usable()) << what;
  }
  for (const Finding& finding : read.findings) {
    EXPECT_EQ(finding.file, "scan.xml") << what;
  }
  for (const ScannedHost& host : scan.hosts) {
    EXPECT_FALSE(host.ip.empty() && host.fqdn.empty() && host.netbios.empty()) << what;
    for (const std::string* text : {&host.fqdn, &host.netbios, &host.mac, &host.operating_system}) {
      EXPECT_TRUE(is_valid_utf8(*text)) << what;
      EXPECT_LE(text->size(), 300U) << what;
    }
    for (const Weakness& weakness : host.weaknesses) {
      EXPECT_TRUE(weakness.severity >= 2 || !weakness.cves.empty()) << what;
      EXPECT_TRUE(is_valid_utf8(weakness.title) && is_valid_utf8(weakness.solution)) << what;
      EXPECT_LE(weakness.title.size(), 200U) << what;
      EXPECT_LE(weakness.solution.size(), 300U) << what;
    }
  }
}

/// Every seed of the fuzzer, and one of them cut at every offset: no cut gives a machine.
inline void replay_and_cut(ScanReader reader, const std::string& corpus, const std::string& to_cut) {
  ASSERT_FALSE(corpus_files(corpus).empty());
  for (const CorpusFile& file : corpus_files(corpus)) {
    expect_sound(read_bytes(reader, file.bytes), file.name);
  }
  const std::string bytes = corpus_file(corpus, to_cut);
  const Imported<Scan> whole = read_bytes(reader, bytes);
  ASSERT_TRUE(whole.usable());
  const std::size_t last_tag = bytes.rfind('>');
  for (std::size_t length = 0; length <= last_tag; ++length) {
    const Imported<Scan> part = read_bytes(reader, std::string_view(bytes).substr(0, length));
    expect_sound(part, to_cut + " cut at " + std::to_string(length));
    EXPECT_FALSE(part.usable()) << length;
  }
}

/// The public sample at shared/data/scans, or "" where there is none.
inline std::string real_scan(const std::string& name) {
  return file_bytes(std::filesystem::path(RELEVE_SHARED_DATA) / "scans" / name);
}

}  // namespace releve::intake
