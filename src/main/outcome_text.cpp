// SPDX-License-Identifier: EUPL-1.2
#include "main/outcome_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <sstream>

namespace releve::main {

namespace {

using assessment::Outcome;
using assessment::Quantiles;

constexpr std::size_t most_measures = 12;

/// Pads by characters, not bytes; what is too long is cut and says so.
std::string pad(const std::string& text, std::size_t width) {
  std::string out;
  std::size_t characters = 0;
  for (const char byte : text) {
    const bool begins = (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    if (begins && ++characters == width) {
      // The last place is kept free, so that columns never touch.
      out.resize(out.find_last_not_of(' ') + 1);
      return out + "… ";
    }
    out += byte;
  }
  return out + std::string(width - characters, ' ');
}

class Writer {
 public:
  Writer(const Shell& shell, const Outcome& outcome)
      : shell_(shell), outcome_(outcome), french_(shell.language == "fr") {}

  std::string write() {
    headline();
    services();
    measures();
    doors();
    if (!outcome_.questions.empty()) {
      out_ << "\n" << say("assess.question") << " " << shell_.say(outcome_.questions.front().message) << "\n";
    }
    return out_.str();
  }

 private:
  std::string say(const char* code, std::vector<Param> params = {}) const {
    return shell_.say(message(code, std::move(params)));
  }

  /// 12 345,6 in French, 12,345.6 in English.
  std::string figure(double value, int digits = 0) const {
    const double scale = std::pow(10, digits);
    const auto whole = static_cast<std::int64_t>(std::llround(std::abs(value) * scale));
    const auto unit = static_cast<std::int64_t>(scale);
    std::string text = std::to_string(whole / unit);
    for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3) {
      text.insert(static_cast<std::size_t>(at), french_ ? "\u202f" : ",");
    }
    if (digits > 0) {
      const std::string rest = std::to_string(whole % unit);
      text += (french_ ? "," : ".") + std::string(static_cast<std::size_t>(digits) - rest.size(), '0') + rest;
    }
    return (value < 0 && whole != 0 ? "−" : "") + text;
  }

  std::string share(double value, int digits = 0) const {
    return figure(value * 100, digits) + (french_ ? "\u00a0%" : "%");
  }

  /// "31 h" or "19 j": hours up to three days, then days.
  std::string hours(double value) const {
    return value < 72 ? figure(value, value < 10 ? 1 : 0) + " h"
                      : figure(value / 24) + (french_ ? " j" : " d");
  }

  std::string interval(const std::optional<Quantiles>& q) const {
    return q ? hours(q->p50) + " (" + hours(q->p5) + " – " + hours(q->p95) + ")" : "–";
  }

  void headline() {
    const auto& head = outcome_.headline;
    out_ << "\n"
         << say("assess.headline_stopped", {{"median", figure(head.services_stopped.p50)},
                                            {"services", std::to_string(head.services)},
                                            {"low", figure(head.services_stopped.p5)},
                                            {"high", figure(head.services_stopped.p95)}})
         << "\n";
    if (!head.first_service.empty()) {
      out_ << say("assess.headline_first",
                  {{"service", head.first_service}, {"hours", interval(head.first_service_hours)}})
           << "\n";
    }
    if (head.record_days) {
      const Quantiles days{head.record_days->p5 * 24, head.record_days->p50 * 24, head.record_days->p95 * 24};
      out_ << say("assess.headline_record", {{"days", interval(days)}}) << "\n";
    }
    out_ << say("assess.headline_trust", {{"confirmed", std::to_string(head.services_confirmed)},
                                          {"services", std::to_string(head.services)},
                                          {"worlds", figure(static_cast<double>(outcome_.worlds))},
                                          {"seed", outcome_.seed}})
         << "\n\n";
  }

  void services() {
    out_ << say("assess.services", {{"struck", share(outcome_.headline.strike_probability)}}) << "\n"
         << pad(say("assess.column_service"), 36) << pad(say("assess.column_stops_if_struck"), 12)
         << pad(say("assess.column_stops"), 12) << pad(say("assess.column_until"), 28)
         << pad(say("assess.column_down"), 28) << say("assess.column_loss") << "\n";
    for (const auto& service : outcome_.services) {
      const bool censored = service.worlds_censored * 2 > service.worlds_stopped;
      const auto& if_struck = service.stop_probability_if_struck;
      out_ << pad(service.name, 36) << pad(if_struck ? share(*if_struck) : "–", 12)
           << pad(share(service.stop_probability), 12) << pad(interval(service.hours_until_stop), 28)
           << pad((censored ? "≥ " : "") + interval(service.hours_down), 28) << figure(service.loss.mean)
           << "\n";
    }
    out_ << "\n"
         << say("assess.loss", {{"mean", figure(outcome_.loss.mean)},
                                {"low", figure(outcome_.loss.low)},
                                {"high", figure(outcome_.loss.high)},
                                {"p50", figure(outcome_.loss.p50)},
                                {"p95", figure(outcome_.loss.p95)}})
         << "\n";
  }

  void measures() {
    out_ << "\n" << say("assess.measures") << "\n";
    std::map<std::int64_t, int> of_rank;
    for (const auto& measure : outcome_.measures) {
      ++of_rank[measure.rank];
    }
    bool tied = false;
    for (std::size_t i = 0; i < outcome_.measures.size() && i < most_measures; ++i) {
      const auto& measure = outcome_.measures[i];
      const bool shared = measure.rank > 0 && of_rank[measure.rank] > 1;
      tied = tied || shared;
      out_ << "  " << pad(measure.rank > 0 ? std::to_string(measure.rank) + (shared ? "=" : "") : "·", 5)
           << pad(shell_.say(measure.title), 64) << pad(figure(measure.cost_eur) + " €", 11)
           << share(-measure.share_avoided, 1) << " (" << figure(measure.loss_avoided.low) << " – "
           << figure(measure.loss_avoided.high) << ")\n";
    }
    if (tied) {
      out_ << say("assess.measures_tied") << "\n";
    } else if (!outcome_.measures.empty() && outcome_.measures.front().rank == 0) {
      out_ << say("assess.measures_unranked") << "\n";
    }
  }

  /// By kind, each with its most costly places.
  void doors() {
    constexpr std::size_t named = 2;
    out_ << "\n" << say("assess.doors") << "\n";
    for (const auto& kind : outcome_.door_kinds) {
      std::vector<std::string> places;
      for (const auto& door : outcome_.doors) {
        if (door.scenario == kind.scenario && places.size() < named) {
          places.push_back(door.label);
        }
      }
      out_ << "  " << pad(say(("ui.door." + kind.scenario).c_str()), 24) << pad(share(kind.share), 8);
      for (std::size_t i = 0; i < places.size(); ++i) {
        out_ << (i > 0 ? ", " : "") << places[i];
      }
      out_ << "\n";
    }
  }

  const Shell& shell_;
  const Outcome& outcome_;
  bool french_;
  std::ostringstream out_;
};

}  // namespace

std::string outcome_text(const Shell& shell, const Outcome& outcome) {
  return Writer(shell, outcome).write();
}

}  // namespace releve::main
