// SPDX-License-Identifier: EUPL-1.2
// How a call fails. Three channels, never mixed:
//   Result<T>            what a user can cause and mend;
//   EnvironmentFailure   disk, database, memory, socket: caught in three places only
//                        (API dispatch, job runner, main);
//   RELEVE_CHECK         our own bug: throws Bug, so that one request dies and not the hospital's server.
// Imperfect input is no failure: readers return a value and findings (see message.hpp).
#pragma once

#include "foundation/base/message.hpp"

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace releve {

enum class ErrorKind {
  invalid,          // the input is wrong: say where and what to mend
  not_found,        // no such thing, or not visible to this reader
  conflict,         // somebody else changed it, or it is in another state
  forbidden,        // known reader, no right
  unauthenticated,  // unknown reader
  limit,            // too large, too many, too slow
  cancelled,        // the user stopped it
  unavailable,      // try again later
};

struct Error {
  ErrorKind kind = ErrorKind::invalid;
  Message message;
  std::string where;  // file, JSON path or line; empty when the message says it all
};

/// The value, or why there is none. [[nodiscard]]: an ignored failure does not compile quietly.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}

  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }

  explicit operator bool() const { return ok(); }

  const T& value() const& { return std::get<0>(state_); }

  T& value() & { return std::get<0>(state_); }

  T&& value() && { return std::get<0>(std::move(state_)); }

  const T& operator*() const& { return value(); }

  T& operator*() & { return value(); }

  T&& operator*() && { return std::move(*this).value(); }

  const T* operator->() const { return &value(); }

  T* operator->() { return &value(); }

  const Error& error() const& { return std::get<1>(state_); }

  Error&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Error> state_;
};

struct Done {
  bool operator==(const Done&) const = default;
};

using Status = Result<Done>;

class EnvironmentFailure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Bug : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] void report_bug(std::string_view condition, std::string_view why, const char* file, int line);

}  // namespace releve

#define RELEVE_CHECK(condition, why)                             \
  do {                                                           \
    if (!(condition)) {                                          \
      ::releve::report_bug(#condition, why, __FILE__, __LINE__); \
    }                                                            \
  } while (false)

// The one control-flow macro: the value, or leave the function with the error.
#define TRY(expression)                                         \
  __extension__({                                               \
    auto try_result = (expression);                             \
    if (!try_result.ok()) return std::move(try_result).error(); \
    std::move(try_result).value();                              \
  })
