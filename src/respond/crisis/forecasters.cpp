// SPDX-License-Identifier: EUPL-1.2
#include "respond/crisis/forecasters.hpp"

namespace releve::crisis {

Result<CompiledHospital> Forecasters::of(const std::string& facility) {
  const auto map = TRY(facilities_.draw(facility));
  const auto tables = tables_();
  const std::lock_guard lock(compiling_);  // who asks meanwhile waits for this one, and compiles none himself
  CompiledHospital& kept = compiled_[facility];
  if (kept.map != map || kept.tables != tables) {
    kept = {map, tables,
            std::make_shared<const assessment::Forecaster>(*map, tables->defaults, tables->tables)};
  }
  return kept;
}

void Forecasters::expect(const std::string& facility) {
  const std::lock_guard lock(expecting_);
  expected_.push_back(facility);
  if (!worker_.joinable()) {
    worker_ = std::jthread([this](const std::stop_token& ending) { work(ending); });
  }
  woken_.notify_one();
}

void Forecasters::work(const std::stop_token& ending) {
  std::unique_lock lock(expecting_);
  while (woken_.wait(lock, ending, [this] { return !expected_.empty(); })) {
    const std::string facility = std::move(expected_.front());
    expected_.pop_front();
    lock.unlock();
    try {
      (void)of(facility);
    } catch (const std::exception&) {
      // Whoever asks for the board is told what is wrong; nobody has asked yet.
    }
    lock.lock();
  }
}

}  // namespace releve::crisis
