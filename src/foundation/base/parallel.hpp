// SPDX-License-Identifier: EUPL-1.2
// Work shared over threads without a trace of the sharing: item i is computed by some thread, and the
// caller reads results by index, so that one thread or sixty-four give the same bits.
#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>

namespace releve {

/// Calls work(i, worker) for every i in [0, count), with worker in [0, threads). Returns false when
/// `stop` was asked for; items then missing were not started. The first exception is rethrown.
bool parallel_for(std::size_t count, unsigned threads, std::stop_token stop,
                  const std::function<void(std::size_t item, unsigned worker)>& work);

/// The number of processors this process may use; at least 1.
unsigned available_threads();

}  // namespace releve
