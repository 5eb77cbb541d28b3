// SPDX-License-Identifier: EUPL-1.2
#include "intake/xml.hpp"

#include "foundation/base/text.hpp"
#include "intake/readers.hpp"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <exception>
#include <memory>

namespace releve::intake {

namespace {

constexpr std::size_t block_bytes = 65'536;
constexpr std::uint64_t progress_step = 1'000'000;
// libxml2 compares every attribute of a tag with every other, and walks all open namespaces for a prefix.
constexpr int max_attributes = 200;
// Its dictionary slows down with the names it holds; a format has a thousand at most.
constexpr int max_names = 20'000;
constexpr std::uint64_t largest_lookup = 10'000'000;  // libxml2's own limit without HUGE

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

std::string_view format_name(Format format) {
  switch (format) {
    case Format::sharphound:
      return "SharpHound";
    case Format::nmap:
      return "Nmap";
    case Format::nessus:
      return "Nessus";
    case Format::openvas:
      return "OpenVAS";
    case Format::pingcastle:
      return "PingCastle";
    case Format::kev:
      return "CISA KEV";
    case Format::epss:
      return "EPSS";
    case Format::xlsx:
      return "XLSX";
    case Format::csv:
      return "CSV";
  }
  return "";
}

void ignore(void*, const char*, ...) {}

/// libxml2 says what it cannot attach to a parser (bytes that its decoder rejects) to two hooks of the
/// thread, which print on stderr. While this lives they are held here instead.
class DecoderWatch {
 public:
  DecoderWatch()
      : structured_(xmlStructuredError),
        structured_context_(xmlStructuredErrorContext),
        generic_(xmlGenericError),
        generic_context_(xmlGenericErrorContext) {
    xmlSetStructuredErrorFunc(this, [](void* self, xmlErrorPtr error) {
      auto& watch = *static_cast<DecoderWatch*>(self);
      watch.failed_ = watch.failed_ || error->domain == XML_FROM_I18N;
    });
    xmlSetGenericErrorFunc(nullptr, ignore);
  }

  ~DecoderWatch() {
    xmlSetStructuredErrorFunc(structured_context_, structured_);
    xmlSetGenericErrorFunc(generic_context_, generic_);
  }

  DecoderWatch(const DecoderWatch&) = delete;
  DecoderWatch& operator=(const DecoderWatch&) = delete;

  bool failed() const { return failed_; }

 private:
  xmlStructuredErrorFunc structured_;
  void* structured_context_;
  xmlGenericErrorFunc generic_;
  void* generic_context_;
  bool failed_ = false;
};

}  // namespace

std::int64_t XmlStream::line() const {
  return context_ == nullptr ? 0 : std::max(0, xmlSAX2GetLineNumber(context_));
}

void XmlStream::collect(std::size_t max_bytes) {
  text_.clear();
  room_ = max_bytes;
  collect_depth_ = depth();
}

std::string_view XmlStream::text() const {
  return trim(text_);
}

// ---------------------------------------------------------------- the parser

class XmlParser {
 public:
  XmlParser(const XmlKind& kind, const Limits& limits, const Watch& watch, XmlVisitor& visitor)
      : kind_(kind), limits_(limits), watch_(watch), visitor_(visitor) {}

  XmlOutcome run(ByteSource& source);

 private:
  struct FreeContext {
    void operator()(xmlParserCtxt* context) const {
      xmlFreeDoc(context->myDoc);  // made, even without a tree, for an entity declaration
      xmlFreeParserCtxt(context);
    }
  };

  struct KnownName {
    const xmlChar* name = nullptr;
    XmlTag tag = xml_other;
  };

  static xmlSAXHandler handler();
  /// Runs `work` between libxml2's C frames, which no exception may cross.
  template <class Work>
  static void guarded(void* self, Work work);

  void on_open(const xmlChar* name, const xmlChar** attributes, int count);
  void on_close();
  void on_text(const xmlChar* text, int length);
  void on_document_type(std::string_view name, bool external);
  void on_error(const xmlError& error);

  bool read_all(ByteSource& source);
  bool feed(std::string_view block);
  void check_root(std::string_view name);
  XmlTag tag_of(const xmlChar* name);
  std::string place() const;
  std::uint64_t waiting_bytes() const;
  bool waits_for_many_attributes() const;
  void refuse_large(std::int64_t line);
  void refuse(Message what, std::int64_t line);
  void refuse_unless_ended(Message what, std::int64_t line);
  void stop_with(Severity severity, Message what, std::int64_t line);

  Message limit_message(std::string code, std::uint64_t limit) const {
    return message(std::move(code), {{"limit", std::to_string(limit)}});
  }

  const XmlKind& kind_;
  const Limits& limits_;
  const Watch& watch_;
  XmlVisitor& visitor_;
  DecoderWatch decoder_;
  std::unique_ptr<xmlParserCtxt, FreeContext> context_;
  XmlStream stream_;
  std::vector<const xmlChar*> path_;          // interned by libxml2's dictionary
  std::array<KnownName, 256> known_names_{};  // by address: interned names keep theirs
  std::uint64_t bytes_ = 0;
  std::uint64_t token_bytes_ = 0;
  bool started_ = false;  // the first "<" was seen
  bool ended_ = false;    // the root was closed
  XmlOutcome outcome_;
  std::exception_ptr exception_;
};

template <class Work>
void XmlParser::guarded(void* self, Work work) {
  auto& parser = *static_cast<XmlParser*>(self);
  if (parser.outcome_.fault || parser.exception_) {
    return;
  }
  try {
    work(parser);
  } catch (...) {  // rethrown by run(), beyond the C frames
    parser.exception_ = std::current_exception();
    xmlStopParser(parser.context_.get());
  }
}

xmlSAXHandler XmlParser::handler() {
  xmlSAXHandler sax{};
  sax.initialized = XML_SAX2_MAGIC;
  sax.startElementNs = [](void* self, const xmlChar* name, const xmlChar*, const xmlChar*, int,
                          const xmlChar**, int count, int, const xmlChar** attributes) {
    guarded(self, [&](XmlParser& parser) { parser.on_open(name, attributes, count); });
  };
  sax.endElementNs = [](void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
    guarded(self, [](XmlParser& parser) { parser.on_close(); });
  };
  sax.characters = [](void* self, const xmlChar* text, int length) {
    guarded(self, [&](XmlParser& parser) { parser.on_text(text, length); });
  };
  sax.ignorableWhitespace = sax.characters;
  sax.cdataBlock = sax.characters;
  sax.internalSubset = [](void* self, const xmlChar* name, const xmlChar* external, const xmlChar* system) {
    guarded(self, [&](XmlParser& parser) {
      parser.on_document_type(view(name), external != nullptr || system != nullptr);
    });
  };
  static const auto refuse_declaration = [](void* self) {
    guarded(self, [](XmlParser& parser) {
      parser.refuse(message("xml.declaration_refused"), parser.stream_.line());
    });
  };
  sax.entityDecl = [](void* self, const xmlChar*, int, const xmlChar*, const xmlChar*, xmlChar*) {
    refuse_declaration(self);
  };
  sax.unparsedEntityDecl = [](void* self, const xmlChar*, const xmlChar*, const xmlChar*, const xmlChar*) {
    refuse_declaration(self);
  };
  sax.notationDecl = [](void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
    refuse_declaration(self);
  };
  sax.elementDecl = [](void* self, const xmlChar*, int, xmlElementContentPtr) { refuse_declaration(self); };
  sax.attributeDecl = [](void* self, const xmlChar*, const xmlChar*, int, int, const xmlChar*,
                         xmlEnumerationPtr values) {
    xmlFreeEnumeration(values);  // the callback owns it
    refuse_declaration(self);
  };
  sax.serror = [](void* self, xmlErrorPtr error) {
    guarded(self, [&](XmlParser& parser) { parser.on_error(*error); });
  };
  return sax;
}

void XmlParser::on_open(const xmlChar* name, const xmlChar** attributes, int count) {
  if (path_.empty()) {
    check_root(view(name));
    if (outcome_.fault) {
      return;
    }
  }
  path_.push_back(name);
  stream_.tags_.push_back(tag_of(name));
  token_bytes_ = 0;
  const XmlAttributes seen(attributes, count);
  if (stream_.depth() > limits_.max_depth) {
    refuse(limit_message("xml.too_deep", limits_.max_depth), stream_.line());
  } else if (count > max_attributes || context_->nsNr / 2 > max_attributes) {
    refuse(limit_message("xml.too_many_attributes", max_attributes), stream_.line());
  } else if (seen.longest() > limits_.max_token_bytes) {
    refuse_large(stream_.line());
  } else if (stream_.skip_depth_ == 0) {
    visitor_.open(stream_, stream_.tags_.back(), seen);
  }
}

void XmlParser::on_close() {
  if (stream_.skip_depth_ == 0) {
    visitor_.close(stream_, stream_.tags_.back());
  } else if (stream_.skip_depth_ == stream_.depth()) {
    stream_.skip_depth_ = 0;
  }
  if (stream_.collect_depth_ == stream_.depth()) {
    stream_.collect_depth_ = 0;
    stream_.text_.clear();
  }
  token_bytes_ = 0;
  stream_.tags_.pop_back();
  path_.pop_back();
  ended_ = path_.empty();
}

void XmlParser::on_text(const xmlChar* text, int length) {
  token_bytes_ += static_cast<std::uint64_t>(length);
  if (token_bytes_ > limits_.max_token_bytes) {
    refuse(limit_message("xml.token_too_large", limits_.max_token_bytes), stream_.line());
    return;
  }
  if (stream_.collect_depth_ != stream_.depth() || stream_.room_ == 0) {
    return;
  }
  std::size_t taken = static_cast<std::size_t>(length);
  if (taken <= stream_.room_) {
    stream_.room_ -= taken;
  } else {
    for (taken = stream_.room_; taken > 0 && (text[taken] & 0xC0U) == 0x80U; --taken) {
    }
    stream_.room_ = 0;
  }
  stream_.text_.append(reinterpret_cast<const char*>(text), taken);
}

void XmlParser::on_document_type(std::string_view name, bool external) {
  if (to_lower(name) == "html") {
    refuse(message("xml.html_page", {{"expected", std::string(kind_.format)}}), stream_.line());
  } else if (external) {
    refuse(message("xml.external_subset_refused"), stream_.line());
  }
}

void XmlParser::check_root(std::string_view name) {
  if (std::find(kind_.roots.begin(), kind_.roots.end(), name) != kind_.roots.end()) {
    return;
  }
  const Param expected{"expected", std::string(kind_.format)};
  const std::string_view other = format_of_root(name);
  if (to_lower(name) == "html") {
    refuse(message("xml.html_page", {expected}), stream_.line());
  } else if (!other.empty()) {
    refuse(message("xml.other_format", {expected, {"found", std::string(other)}}), stream_.line());
  } else {
    refuse(message("xml.wrong_root", {expected, {"root", shorten(name, 60)}}), stream_.line());
  }
}

void XmlParser::on_error(const xmlError& error) {
  if (error.level != XML_ERR_FATAL) {
    return;  // an undeclared prefix and the like: the structure still stands
  }
  if (!started_) {
    refuse(message("xml.not_xml", {{"expected", std::string(kind_.format)}}), 0);
    return;
  }
  const std::int64_t line = error.line > 0 ? error.line : stream_.line();
  if (waiting_bytes() > largest_lookup) {
    refuse_large(line);  // "Huge input lookup", one of the many reasons of XML_ERR_INTERNAL_ERROR
    return;
  }
  switch (error.code) {
    case XML_ERR_NO_MEMORY:
      throw std::bad_alloc();
    case XML_ERR_INVALID_ENCODING:
    case XML_ERR_INVALID_CHAR:
    case XML_ERR_UNKNOWN_ENCODING:
    case XML_ERR_UNSUPPORTED_ENCODING:
    case XML_I18N_CONV_FAILED:
      refuse_unless_ended(message("xml.wrong_bytes"), line);
      return;
    case XML_ERR_NAME_TOO_LONG:
      refuse_large(line);
      return;
    default:
      refuse_unless_ended(message("xml.malformed"), line);
  }
}

XmlTag XmlParser::tag_of(const xmlChar* name) {
  const auto address = reinterpret_cast<std::uintptr_t>(name);
  KnownName& slot = known_names_[(address ^ (address >> 8)) & 255U];
  if (slot.name != name) {
    const auto found = std::find(kind_.tags.begin(), kind_.tags.end(), view(name));
    slot.tag = found == kind_.tags.end() ? xml_other : static_cast<XmlTag>(found - kind_.tags.begin());
    slot.name = name;
  }
  return slot.tag;
}

std::string XmlParser::place() const {
  std::string path;
  for (const xmlChar* name : path_) {
    path += path.empty() ? "" : "/";
    path += shorten(view(name), 60);
  }
  return shorten(path, 300);
}

/// Bytes of a tag, comment or declaration whose end was not seen yet.
std::uint64_t XmlParser::waiting_bytes() const {
  const xmlParserInput* input = context_->input;
  return input == nullptr ? 0 : static_cast<std::uint64_t>(input->end - input->cur);
}

/// Whether the tag being waited for already has too many: once it is whole, comparing them takes minutes.
bool XmlParser::waits_for_many_attributes() const {
  std::string_view rest(reinterpret_cast<const char*>(context_->input->cur), waiting_bytes());
  if (!rest.starts_with('<') || rest.starts_with("<!") || rest.starts_with("<?")) {
    return false;
  }
  for (int count = 0; count <= max_attributes; ++count) {
    const std::size_t open = rest.substr(0, block_bytes).find_first_of("\"'");
    const std::size_t close = open == std::string_view::npos ? open : rest.find(rest[open], open + 1);
    if (close == std::string_view::npos) {
      return false;
    }
    rest.remove_prefix(close + 1);
  }
  return true;
}

void XmlParser::refuse_large(std::int64_t line) {
  refuse(limit_message("xml.token_too_large", std::min(limits_.max_token_bytes, largest_lookup)), line);
}

void XmlParser::refuse(Message what, std::int64_t line) {
  stop_with(Severity::error, std::move(what), line);
}

/// What follows the closed root takes nothing from what was read.
void XmlParser::refuse_unless_ended(Message what, std::int64_t line) {
  if (ended_) {
    stop_with(Severity::warning, message("xml.after_end"), line);
  } else {
    refuse(std::move(what), line);
  }
}

void XmlParser::stop_with(Severity severity, Message what, std::int64_t line) {
  if (outcome_.fault) {
    return;
  }
  outcome_.whole = severity != Severity::error;
  outcome_.fault = Finding{severity, std::move(what), {}, line, place()};
  if (context_) {
    xmlStopParser(context_.get());
  }
}

bool XmlParser::feed(std::string_view block) {
  if (!started_) {
    const auto first = std::find_if_not(block.begin(), block.end(), may_lead_xml);
    started_ = first != block.end();
    if (started_ && *first != '<') {
      const Param expected{"expected", std::string(kind_.format)};
      const std::optional<Format> other = recognise("", block);
      refuse(other ? message("xml.other_format", {expected, {"found", std::string(format_name(*other))}})
                   : message("xml.not_xml", {expected}),
             1);
      return false;
    }
  }
  xmlParseChunk(context_.get(), block.data(), static_cast<int>(block.size()), 0);
  if (exception_ || outcome_.fault) {
    return false;
  }
  if (decoder_.failed() || context_->disableSAX != 0) {
    refuse_unless_ended(message("xml.wrong_bytes"), stream_.line());
    return false;
  }
  if (waiting_bytes() > limits_.max_token_bytes + block_bytes) {
    refuse_large(stream_.line());
    return false;
  }
  if (xmlDictSize(context_->dict) > max_names) {
    refuse(limit_message("xml.too_many_names", max_names), stream_.line());
    return false;
  }
  if (waits_for_many_attributes()) {
    refuse(limit_message("xml.too_many_attributes", max_attributes), stream_.line());
    return false;
  }
  return true;
}

bool XmlParser::read_all(ByteSource& source) {
  std::vector<char> block(block_bytes);
  std::uint64_t next_progress = progress_step;
  for (;;) {
    if (watch_.stop.stop_requested()) {
      refuse(message("import.cancelled"), 0);
      return false;
    }
    const std::size_t count = source.read(block);
    if (count == 0) {
      return true;
    }
    bytes_ += count;
    if (bytes_ > limits_.max_bytes) {
      refuse(limit_message("import.too_large", limits_.max_bytes), stream_.line());
      return false;
    }
    if (!feed({block.data(), count})) {
      return false;
    }
    if (watch_.progress && bytes_ >= next_progress) {
      watch_.progress(bytes_);
      next_progress = bytes_ + progress_step;
    }
  }
}

XmlOutcome XmlParser::run(ByteSource& source) {
  xmlSAXHandler sax = handler();
  context_.reset(xmlCreatePushParserCtxt(&sax, this, nullptr, 0, nullptr));
  if (!context_) {
    throw std::bad_alloc();
  }
  // NONET only: NOENT would expand entities, DTDLOAD would fetch, HUGE would lift libxml2's own limits.
  xmlCtxtUseOptions(context_.get(), XML_PARSE_NONET);
  stream_.context_ = context_.get();
  if (read_all(source)) {
    if (const Error* failure = source.failure()) {
      refuse(failure->message, 0);
    } else if (!started_) {
      refuse(bytes_ == 0 ? message("import.empty")
                         : message("xml.not_xml", {{"expected", std::string(kind_.format)}}),
             0);
    } else if (!ended_) {
      // The parser is not told of the end: it would give the open tag it holds, with half of its attributes.
      refuse(message("xml.cut_short"), stream_.line());
    }
    if (watch_.progress) {
      watch_.progress(bytes_);
    }
  }
  if (exception_) {
    std::rethrow_exception(exception_);
  }
  return std::move(outcome_);
}

XmlOutcome read_xml(ByteSource& source, const XmlKind& kind, const Limits& limits, const Watch& watch,
                    XmlVisitor& visitor) {
  static const bool initialised = (xmlInitParser(), true);  // once, whatever the thread
  static_cast<void>(initialised);
  return XmlParser(kind, limits, watch, visitor).run(source);
}

}  // namespace releve::intake
