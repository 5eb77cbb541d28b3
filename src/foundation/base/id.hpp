// SPDX-License-Identifier: EUPL-1.2
// Identities. Persisted things carry a UUIDv7 in lower-case text, minted by the node that made them;
// dense indices of the engine are typed, so that a host index cannot subscript the services.
#pragma once

#include "foundation/base/time.hpp"

#include <compare>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace releve {

/// A fresh UUIDv7 (RFC 9562): 48-bit milliseconds, then random. Thread-safe.
std::string mint_uuid(Instant now);
bool is_uuid(std::string_view text);

/// A 32-bit dense index into a vector of Tag. No arithmetic.
template <class Tag>
struct Index {
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t value = none;

  constexpr bool valid() const { return value != none; }

  constexpr auto operator<=>(const Index&) const = default;
};

/// A vector that only its own index may subscript.
template <class I, class T>
class IndexedVector {
 public:
  IndexedVector() = default;

  explicit IndexedVector(std::size_t size, const T& value = T()) : data_(size, value) {}

  typename std::vector<T>::reference operator[](I index) { return data_[index.value]; }

  typename std::vector<T>::const_reference operator[](I index) const { return data_[index.value]; }

  I push_back(T value) {
    data_.push_back(std::move(value));
    return I{static_cast<std::uint32_t>(data_.size() - 1)};
  }

  std::size_t size() const { return data_.size(); }

  bool empty() const { return data_.empty(); }

  void assign(std::size_t size, const T& value) { data_.assign(size, value); }

  void resize(std::size_t size) { data_.resize(size); }

  void reserve(std::size_t size) { data_.reserve(size); }

  auto begin() { return data_.begin(); }

  auto end() { return data_.end(); }

  auto begin() const { return data_.begin(); }

  auto end() const { return data_.end(); }

  const std::vector<T>& plain() const { return data_; }

  std::vector<T>& plain() { return data_; }

  bool operator==(const IndexedVector&) const = default;

 private:
  std::vector<T> data_;
};

}  // namespace releve
