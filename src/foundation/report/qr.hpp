// SPDX-License-Identifier: EUPL-1.2
// An address as a QR code that a phone reads from paper. Pure, thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace releve::report {

/// An SVG image, one unit per module, its quiet margin around it. Correction level M: paper gets stained.
/// Bug: more than 2,000 bytes.
std::string qr_svg(std::string_view text);

}  // namespace releve::report
