// SPDX-License-Identifier: EUPL-1.2
#include "prepare/fiction/output.hpp"

#include "foundation/base/result.hpp"

#include <array>
#include <chrono>
#include <cmath>

namespace releve::fiction {

OutputFile::OutputFile(const std::string& path) : path_(path), file_(std::fopen(path.c_str(), "wb")) {
  if (file_ == nullptr) {
    throw EnvironmentFailure("cannot write " + path);
  }
}

OutputFile::~OutputFile() {
  if (file_ != nullptr) {
    std::fclose(file_);
    std::remove(path_.c_str());
  }
}

void OutputFile::write(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) {
    throw EnvironmentFailure("cannot write " + path_);
  }
  written_ += bytes.size();
}

void OutputFile::close() {
  std::FILE* file = file_;
  file_ = nullptr;
  if (std::fclose(file) != 0) {
    std::remove(path_.c_str());
    throw EnvironmentFailure("cannot write " + path_);
  }
}

std::string xml_text(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size() + 8);
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

namespace {

struct Civil {
  int year;
  unsigned month, day, weekday;
  std::int64_t second_of_day;
};

Civil civil_of(std::int64_t seconds) {
  const std::chrono::sys_seconds instant{std::chrono::seconds(seconds)};
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date(day);
  return {static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
          static_cast<unsigned>(date.day()), std::chrono::weekday(day).c_encoding(), (instant - day).count()};
}

std::string two(std::int64_t value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

}  // namespace

std::string scanner_date(std::int64_t seconds) {
  static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Civil date = civil_of(seconds);
  const std::int64_t s = date.second_of_day;
  return std::string(days[date.weekday]) + " " + months[date.month - 1] + (date.day < 10 ? "  " : " ") +
         std::to_string(date.day) + " " + two(s / 3600) + ":" + two(s / 60 % 60) + ":" + two(s % 60) + " " +
         std::to_string(date.year);
}

std::string day_text(std::int64_t seconds) {
  const Civil date = civil_of(seconds);
  return std::to_string(date.year) + "-" + two(date.month) + "-" + two(date.day);
}

std::string one_decimal(double value) {
  const auto tenths = static_cast<std::int64_t>(std::llround(value * 10));
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

}  // namespace releve::fiction
