// SPDX-License-Identifier: EUPL-1.2
#include "intake/xlsx_xml.hpp"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <cstring>
#include <exception>
#include <memory>
#include <mutex>

namespace releve::intake::xlsx {
namespace {

std::string_view view(const xmlChar* text) {
  return reinterpret_cast<const char*>(text);
}

/// What the C callbacks share. An exception cannot cross libxml2: it is kept and thrown again after.
struct Reading {
  ByteSource& source;
  const std::string& part;
  const Limits& limits;
  const XmlListener& listener;
  xmlParserCtxtPtr parser = nullptr;
  std::uint32_t depth = 0;
  std::uint64_t text_bytes = 0;
  bool stopped = false;
  std::optional<Error> error{};
  std::exception_ptr thrown{};

  void stop() {
    stopped = true;
    xmlStopParser(parser);
  }

  void refuse(ErrorKind kind, const char* code) {
    const std::string line = std::to_string(xmlSAX2GetLineNumber(parser));
    error = Error{kind, message(code, {{"part", part}, {"line", line}}), part};
    stop();
  }

  template <class Call>
  void run(Call call) {
    if (stopped) {
      return;
    }
    try {
      if (!call()) {
        stop();
      }
    } catch (...) {
      thrown = std::current_exception();
      stop();
    }
  }
};

Reading& reading(void* self) {
  return *static_cast<Reading*>(self);
}

void on_start(void* self, const xmlChar* name, const xmlChar*, const xmlChar*, int, const xmlChar**,
              int count, int, const xmlChar** attributes) {
  Reading& now = reading(self);
  now.text_bytes = 0;
  if (++now.depth > now.limits.max_depth) {
    now.refuse(ErrorKind::limit, "import.sheet_xml_deep");
    return;
  }
  now.run([&] { return now.listener.start(view(name), XmlAttributes(attributes, count)); });
}

void on_end(void* self, const xmlChar* name, const xmlChar*, const xmlChar*) {
  Reading& now = reading(self);
  now.text_bytes = 0;
  --now.depth;
  now.run([&] { return now.listener.end(view(name)); });
}

void on_text(void* self, const xmlChar* text, int length) {
  Reading& now = reading(self);
  const std::string_view piece(reinterpret_cast<const char*>(text), static_cast<std::size_t>(length));
  now.text_bytes += piece.size();
  if (now.text_bytes > now.limits.max_token_bytes) {
    now.refuse(ErrorKind::limit, "import.sheet_xml_long");
    return;
  }
  now.run([&] { return now.listener.text(piece); });
}

void on_doctype(void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
  reading(self).refuse(ErrorKind::invalid, "import.sheet_xml_doctype");
}

int on_read(void* self, char* buffer, int length) {
  Reading& now = reading(self);
  if (now.thrown) {
    return -1;
  }
  try {
    const std::size_t count = now.source.read(std::span(buffer, static_cast<std::size_t>(length)));
    return now.source.failure() != nullptr ? -1 : static_cast<int>(count);
  } catch (...) {
    now.thrown = std::current_exception();
    return -1;
  }
}

xmlSAXHandler callbacks() {
  xmlSAXHandler sax{};
  sax.initialized = XML_SAX2_MAGIC;
  sax.startElementNs = on_start;
  sax.endElementNs = on_end;
  sax.characters = on_text;
  sax.ignorableWhitespace = on_text;
  sax.cdataBlock = on_text;
  sax.internalSubset = on_doctype;
  return sax;
}

}  // namespace

std::optional<std::string_view> XmlAttributes::get(std::string_view name) const {
  for (int i = 0; i < count_; ++i) {
    const unsigned char** row = raw_ + static_cast<std::ptrdiff_t>(i) * 5;
    if (view(row[0]) == name) {
      return std::string_view(reinterpret_cast<const char*>(row[3]),
                              static_cast<std::size_t>(row[4] - row[3]));
    }
  }
  return std::nullopt;
}

std::string XmlAttributes::text(std::string_view name) const {
  static constexpr std::string_view ampersand = "&#38;";
  std::string value(get(name).value_or(""));
  for (std::size_t at = 0; (at = value.find(ampersand, at)) != std::string::npos; ++at) {
    value.erase(at + 1, ampersand.size() - 1);
  }
  return value;
}

Status read_xml(ByteSource& source, const std::string& part, const Limits& limits,
                const XmlListener& listener) {
  static std::once_flag initialised;
  std::call_once(initialised, xmlInitParser);
  Reading now{source, part, limits, listener};
  xmlSAXHandler sax = callbacks();
  now.parser = xmlCreateIOParserCtxt(&sax, &now, on_read, nullptr, &now, XML_CHAR_ENCODING_NONE);
  if (now.parser == nullptr) {
    if (source.failure() != nullptr) {
      return *source.failure();
    }
    throw EnvironmentFailure("libxml2: no memory");
  }
  const std::unique_ptr<xmlParserCtxt, decltype(&xmlFreeParserCtxt)> owner(now.parser, xmlFreeParserCtxt);
  xmlCtxtUseOptions(now.parser, XML_PARSE_NONET);
  now.parser->keepBlanks = 1;
  xmlParseDocument(now.parser);
  if (now.thrown) {
    std::rethrow_exception(now.thrown);
  }
  if (source.failure() != nullptr) {
    return *source.failure();
  }
  if (now.error) {
    return *now.error;
  }
  if (!now.stopped && now.parser->wellFormed == 0) {
    const std::string line = std::to_string(now.parser->input != nullptr ? now.parser->input->line : 0);
    return Error{ErrorKind::invalid, message("import.sheet_xml_damaged", {{"part", part}, {"line", line}}),
                 part};
  }
  return Done{};
}

}  // namespace releve::intake::xlsx
