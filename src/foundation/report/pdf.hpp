// SPDX-License-Identifier: EUPL-1.2
// HTML to a tagged PDF, by Debian's WeasyPrint as a process of its own: bounded in time, processor and
// memory, with no network, no shell and no file but those it is given (docs/adr/0018). Everything that the
// page needs stands in it (data: URLs). Thread-safe.
#pragma once

#include "foundation/base/result.hpp"

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>

namespace releve::report {

/// A set of 150 pages takes about 30 s of processor and 300 MB.
struct PdfLimits {
  std::chrono::seconds time{600};
  std::chrono::seconds processor{300};
  std::uint64_t memory = 2ULL << 30;        // bytes of address space
  std::uint64_t output = 128ULL << 20;      // bytes of the PDF
  std::string python = "/usr/bin/python3";  // Debian's: WeasyPrint is a package of it
};

/// `folder` takes a working folder of mode 0700 meanwhile; nothing of it stays. Errors: report.no_weasyprint,
/// report.pdf_too_long, report.pdf_failed, report.pdf_stopped (by `stop`).
Result<std::string> pdf_of(std::string_view html, const std::string& folder, const std::stop_token& stop = {},
                           const PdfLimits& limits = {});

}  // namespace releve::report
