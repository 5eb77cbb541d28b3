// SPDX-License-Identifier: EUPL-1.2
#include "foundation/report/qr.hpp"

#include "foundation/base/result.hpp"

#include <qrencode.h>

#include <memory>

namespace releve::report {

std::string qr_svg(std::string_view text) {
  constexpr std::size_t most = 2'000;
  constexpr int margin = 4;  // modules, as ISO/IEC 18004 asks
  RELEVE_CHECK(!text.empty() && text.size() <= most, "an address is short");
  const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
      QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0,
                        QR_ECLEVEL_M),
      &QRcode_free);
  RELEVE_CHECK(code != nullptr, "a QR code holds 2,000 bytes");
  const std::string side = std::to_string(code->width + 2 * margin);
  std::string svg = R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 )" + side + " " + side +
                    R"(" shape-rendering="crispEdges"><path d=")";
  for (int y = 0; y < code->width; ++y) {
    for (int x = 0; x < code->width; ++x) {
      if ((code->data[y * code->width + x] & 1U) != 0) {
        svg += "M" + std::to_string(x + margin) + " " + std::to_string(y + margin) + "h1v1h-1z";
      }
    }
  }
  return svg + R"("/></svg>)";
}

}  // namespace releve::report
