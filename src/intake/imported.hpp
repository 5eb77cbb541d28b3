// SPDX-License-Identifier: EUPL-1.2
// What every reader of this room has in common.
//
// A reader is a pure function from bytes to Imported<Value>: it streams, keeps its memory bounded by the
// limits below and never throws on content. Imperfect input gives findings; a finding of severity error
// means that the value must not be used. Every reader has a libFuzzer target in fuzz/.
#pragma once

#include "foundation/base/message.hpp"
#include "foundation/base/result.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace releve::intake {

template <class Value>
struct Imported {
  Value value;
  std::vector<Finding> findings;

  bool usable() const {
    for (const Finding& finding : findings) {
      if (finding.severity == Severity::error) {
        return false;
      }
    }
    return true;
  }
};

/// Bounds on hostile input. The defaults suit an upload of 500 MB read in under 200 MB of memory.
struct Limits {
  std::uint64_t max_bytes = 8'000'000'000;  // after unpacking, over the whole archive
  std::uint64_t max_ratio = 200;            // bytes out per byte in of a packed file (after 16 MB)
  std::uint32_t max_archive_entries = 20'000;
  std::uint32_t max_depth = 64;                // nesting of JSON and XML
  std::uint64_t max_token_bytes = 16'000'000;  // one string, number or text node
  std::uint64_t max_edges = 12'000'000;        // directory relations kept
  std::uint64_t max_objects = 2'000'000;       // directory objects, hosts, findings kept
  std::uint64_t max_cells = 5'000'000;         // of a spreadsheet, empty ones before a full one included
  std::uint64_t max_text_bytes = 256'000'000;  // of all the cells of a spreadsheet together
};

/// Bytes in order, some at a time. read() returns how many were put in the buffer; 0 is the end.
/// A source that fails in the middle (unreadable file, broken archive) returns 0 and gives an error.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual std::size_t read(std::span<char> buffer) = 0;

  virtual const Error* failure() const { return nullptr; }
};

/// Reads a memory block; for tests and small inputs. The bytes must outlive the source.
class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::string_view bytes) : rest_(bytes) {}

  std::size_t read(std::span<char> buffer) override;

 private:
  std::string_view rest_;
};

/// Called now and then with the bytes read so far; may be empty. A reader stops with a finding
/// "import.cancelled" (error) when the token asks for it.
struct Watch {
  std::function<void(std::uint64_t bytes_read)> progress;
  std::stop_token stop;
};

}  // namespace releve::intake
