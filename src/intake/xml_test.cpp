// SPDX-License-Identifier: EUPL-1.2
#include "intake/xml.hpp"

#include "intake/corpus_for_tests.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstring>

namespace releve::intake {
namespace {

constexpr std::array<std::string_view, 1> roots{"nmaprun"};
constexpr std::array<std::string_view, 4> tags{"nmaprun", "a", "b", "c"};
constexpr XmlKind kind{"Nmap", roots, tags};

/// Writes down what it is told.
class Scribe final : public XmlVisitor {
 public:
  void open(XmlStream& xml, XmlTag tag, const XmlAttributes& attributes) override {
    log += "<" + std::to_string(tag);
    if (const auto x = attributes["x"]; !x.empty()) {
      log += " " + std::string(x);
    }
    if (tag == 1) {
      xml.collect(limit);
    }
    if (tag == 3) {
      xml.skip();
    }
    if (fails) {
      throw std::runtime_error("visitor");
    }
  }

  void close(XmlStream& xml, XmlTag tag) override {
    log += "|" + std::string(xml.text()) + ">" + std::to_string(tag);
  }

  std::string log;
  std::size_t limit = 100;
  bool fails = false;
};

/// Gives one byte at a time.
class Drip final : public ByteSource {
 public:
  explicit Drip(std::string_view bytes) : rest_(bytes) {}

  std::size_t read(std::span<char> buffer) override {
    if (rest_.empty()) {
      return 0;
    }
    buffer[0] = rest_[0];
    rest_.remove_prefix(1);
    return 1;
  }

 private:
  std::string_view rest_;
};

/// Says the same thing `times` times between a beginning and an end, without holding it.
class Endless final : public ByteSource {
 public:
  Endless(std::string begin, std::string body, std::size_t times, std::string end)
      : begin_(std::move(begin)), body_(std::move(body)), end_(std::move(end)), times_(times) {}

  std::size_t read(std::span<char> buffer) override {
    if (!begin_.empty()) {
      return give(buffer, std::exchange(begin_, {}));
    }
    if (times_ == 0) {
      return give(buffer, std::exchange(end_, {}));
    }
    std::size_t count = 0;
    while (times_ > 0 && count + body_.size() <= buffer.size()) {
      std::memcpy(buffer.data() + count, body_.data(), body_.size());
      count += body_.size();
      --times_;
    }
    return count;
  }

 private:
  static std::size_t give(std::span<char> buffer, const std::string& text) {
    std::memcpy(buffer.data(), text.data(), text.size());
    return text.size();
  }

  std::string begin_, body_, end_;
  std::size_t times_;
};

struct Read {
  XmlOutcome outcome;
  std::string log;

  std::string code() const { return outcome.fault ? outcome.fault->message.code : ""; }
};

Read read(std::string_view bytes, const Limits& limits = {}) {
  MemorySource source(bytes);
  Scribe scribe;
  Read done;
  done.outcome = read_xml(source, kind, limits, {}, scribe);
  done.log = scribe.log;
  return done;
}

TEST(xml, tells_elements_attributes_and_texts) {
  const Read done = read(
      "<?xml version='1.0'?>\n<!DOCTYPE nmaprun>\n<nmaprun><a x='1 &lt;&amp;#38; &#233;'> h&amp;o "
      "<![CDATA[<>]]></a><zz/></nmaprun>\n<!-- end -->\n");
  EXPECT_EQ(done.log, "<0<1 1 <&#38; é|h&o <>>1<255|>255|>0");
  EXPECT_TRUE(done.outcome.whole);
  EXPECT_FALSE(done.outcome.fault);
}

TEST(xml, skips_and_collects_only_what_is_asked) {
  EXPECT_EQ(read("<nmaprun><c><a>no</a><c/></c><b>not asked</b><a>yes<b>inner</b> after</a></nmaprun>").log,
            "<0<3<2|>2<1<2|yes>2|yes after>1|>0");
}

TEST(xml, collected_text_is_cut_between_characters) {
  MemorySource source("<nmaprun><a>abéé</a></nmaprun>");
  Scribe scribe;
  scribe.limit = 5;
  read_xml(source, kind, {}, {}, scribe);
  EXPECT_EQ(scribe.log, "<0<1|abé>1|>0");
}

TEST(xml, any_way_to_cut_the_bytes_into_blocks_tells_the_same) {
  for (const CorpusFile& file : corpus_files("nmap")) {
    const Read whole = read(file.bytes);
    Drip drip(file.bytes);
    Scribe scribe;
    const XmlOutcome outcome = read_xml(drip, kind, {}, {}, scribe);
    EXPECT_EQ(scribe.log, whole.log) << file.name;
    EXPECT_EQ(outcome.whole, whole.outcome.whole) << file.name;
    EXPECT_EQ(outcome.fault ? outcome.fault->message.code : "", whole.code()) << file.name;
  }
}

struct Case {
  const char* what;
  std::string bytes;
  const char* code;
  bool whole;
  std::int64_t line;
};

class XmlFaults : public testing::TestWithParam<Case> {};

TEST_P(XmlFaults, says_what_and_where) {
  const Case& given = GetParam();
  const Read done = read(given.bytes);
  EXPECT_EQ(done.code(), given.code);
  EXPECT_EQ(done.outcome.whole, given.whole);
  ASSERT_TRUE(done.outcome.fault);
  EXPECT_EQ(done.outcome.fault->line, given.line);
}

std::string nested(int depth) {
  std::string text = "<nmaprun>";
  for (int i = 1; i < depth; ++i) {
    text += "\n<a>";
  }
  for (int i = 1; i < depth; ++i) {
    text += "</a>";
  }
  return text + "</nmaprun>";
}

std::string wide(std::string_view text, std::string bytes = "\xFF\xFE") {
  for (const char c : text) {
    bytes += c;
    bytes += '\0';
  }
  return bytes;
}

const std::string laughs =
    "<!DOCTYPE nmaprun [\n<!ENTITY a 'ha'>\n<!ENTITY b '&a;&a;&a;'>]>\n<nmaprun>&b;</nmaprun>";

INSTANTIATE_TEST_SUITE_P(
    xml, XmlFaults,
    testing::Values(
        Case{"empty", "", "import.empty", false, 0}, Case{"blank", " \n\n", "xml.not_xml", false, 0},
        Case{"zeros", std::string(5000, '\0'), "xml.not_xml", false, 0},
        Case{"text", "Starting Nmap 7.94\nNmap scan report\n", "xml.not_xml", false, 1},
        Case{"csv", "Nom;Adresse\nPC1;10.0.0.1\n", "xml.other_format", false, 1},
        Case{"kev", "{\"catalogVersion\":\"2025\",\"vulnerabilities\":[]}", "xml.other_format", false, 1},
        Case{"html", "<!DOCTYPE html>\n<html></html>", "xml.html_page", false, 1},
        Case{"html4",
             "<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01//EN' "
             "'http://www.w3.org/TR/html4/strict.dtd'>\n<HTML>",
             "xml.html_page", false, 1},
        Case{"bare_html", "\n<html><br></html>", "xml.html_page", false, 2},
        Case{"nessus", "<NessusClientData_v2/>", "xml.other_format", false, 1},
        Case{"other_root", "<svg xmlns='x'/>", "xml.wrong_root", false, 1},
        Case{"laughs", laughs, "xml.declaration_refused", false, 2},
        Case{"parameter_entity",
             "<!DOCTYPE nmaprun [<!ENTITY % p SYSTEM 'http://192.0.2.1/x'> %p;]><nmaprun/>",
             "xml.declaration_refused", false, 1},
        Case{"default", "<!DOCTYPE nmaprun [<!ATTLIST a x (u|v) 'u'>]><nmaprun/>", "xml.declaration_refused",
             false, 1},
        Case{"element", "<!DOCTYPE nmaprun [<!ELEMENT a (b|c)*>]><nmaprun/>", "xml.declaration_refused",
             false, 1},
        Case{"notation", "<!DOCTYPE nmaprun [<!NOTATION n SYSTEM 'n'>]><nmaprun/>", "xml.declaration_refused",
             false, 1},
        Case{"subset", "<!DOCTYPE nmaprun SYSTEM 'file:///etc/passwd'><nmaprun/>",
             "xml.external_subset_refused", false, 1},
        Case{"undeclared", "<nmaprun>\n<a>&nbsp;</a></nmaprun>", "xml.malformed", false, 2},
        Case{"deep", nested(200), "xml.too_deep", false, 65},
        Case{"mismatch", "<nmaprun>\n\n<a></b></nmaprun>", "xml.malformed", false, 3},
        Case{"control", "<nmaprun>\n<a>\x01</a></nmaprun>", "xml.wrong_bytes", false, 2},
        Case{"broken_tag", "<nmaprun>\n<a x=1></a></nmaprun>", "xml.malformed", false, 2},
        Case{"junk_in_tag", "<nmaprun>\n<a \xFF\xFE></a></nmaprun>", "xml.wrong_bytes", false, 2},
        Case{"latin1", "<nmaprun>\n<a>\xE9t\xE9</a></nmaprun>", "xml.wrong_bytes", false, 2},
        Case{"unknown_encoding", "<?xml version='1.0' encoding='klingon'?>\n<nmaprun/>", "xml.wrong_bytes",
             false, 1},
        Case{"half_utf16", wide("<nmaprun>\n<a>") + std::string("\0\xD8", 2) + wide("</a></nmaprun>", ""),
             "xml.wrong_bytes", false, 2},
        Case{"cut", "<nmaprun>\n<a x='1'>te", "xml.cut_short", false, 2},
        Case{"cut_in_prolog", "<?xml version='1.0'?>\n<!-- Nmap", "xml.cut_short", false, 2},
        Case{"after", "<nmaprun/>\n<nmaprun/>", "xml.after_end", true, 2}),
    [](const auto& given) { return std::string(given.param.what); });

TEST(xml, undeclared_prefixes_and_bare_document_types_pass) {
  for (const char* bytes : {"<nmaprun><cm:x/></nmaprun>", "<!DOCTYPE nmaprun []><nmaprun/>", "<nmaprun/>"}) {
    EXPECT_EQ(read(bytes).outcome.whole, true) << bytes;
  }
}

TEST(xml, names_the_element_path_of_a_fault) {
  const Read done = read("<nmaprun><a><b x='\xE9'/></a></nmaprun>");
  EXPECT_EQ(done.outcome.fault->place, "nmaprun/a");
}

TEST(xml, depth_and_sizes_are_exact) {
  Limits limits;
  limits.max_depth = 5;
  EXPECT_EQ(read(nested(5), limits).code(), "");
  EXPECT_EQ(read(nested(6), limits).code(), "xml.too_deep");
  limits = {};
  limits.max_token_bytes = 10;
  EXPECT_EQ(read("<nmaprun><a>0123456789</a><a x='0123456789'/></nmaprun>", limits).code(), "");
  EXPECT_EQ(read("<nmaprun><a>01234&lt;6789A</a></nmaprun>", limits).code(), "xml.token_too_large");
  EXPECT_EQ(read("<nmaprun><a x='0123456789A'/></nmaprun>", limits).code(), "xml.token_too_large");
  limits = {};
  limits.max_bytes = 20;
  EXPECT_EQ(read("<nmaprun>12</nmaprun>", limits).code(), "import.too_large");
  EXPECT_EQ(read("<nmaprun>1</nmaprun>", limits).code(), "");
}

TEST(xml, what_never_ends_is_stopped_early) {
  const std::string kilobyte(1000, 'a');

  struct Unending {
    const char* what;
    std::string begin;
  };

  for (const Unending& given :
       {Unending{"attribute", "<nmaprun x='"}, Unending{"comment", "<nmaprun><!-- "},
        Unending{"text", "<nmaprun>"}, Unending{"name", "<nmaprun><"},
        Unending{"declarations", "<!DOCTYPE nmaprun [ <!-- "}, Unending{"instruction", "<nmaprun><?x "},
        Unending{"cdata", "<nmaprun><![CDATA["}}) {
    Endless source(given.begin, kilobyte, 1'000'000, "");
    std::uint64_t seen = 0;
    Watch watch;
    watch.progress = [&](std::uint64_t bytes) { seen = bytes; };
    Scribe scribe;
    const XmlOutcome outcome = read_xml(source, kind, {}, watch, scribe);
    EXPECT_FALSE(outcome.whole) << given.what;
    ASSERT_TRUE(outcome.fault) << given.what;
    EXPECT_EQ(outcome.fault->message.code, "xml.token_too_large") << given.what;
    EXPECT_LT(seen, 20'000'000U) << given.what;
  }
}

TEST(xml, crowds_of_attributes_and_namespaces_are_stopped_early) {
  const auto many = [](const std::string& prefix, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) {
      text += " " + prefix + std::to_string(i) + "='u'";
    }
    return text;
  };
  std::string nested_namespaces = "<nmaprun>";
  for (int i = 0; i < 60; ++i) {
    nested_namespaces += "<a" + many("xmlns:n", 10) + ">";
  }
  for (const std::string& bytes :
       {"<nmaprun" + many("a", 400'000) + "/>", "<nmaprun><a" + many("xmlns:n", 400'000) + "/></nmaprun>",
        "<nmaprun" + many("a", 201) + "/>", nested_namespaces}) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(read(bytes).code(), "xml.too_many_attributes") << bytes.substr(0, 60);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
  }
  EXPECT_EQ(read("<nmaprun" + many("a", 200) + "/>").code(), "");
}

TEST(xml, crowds_of_names_are_stopped_early) {
  std::string bytes = "<nmaprun>";
  for (int i = 0; i < 500'000; ++i) {
    bytes += "<n" + std::to_string(i) + "/>";
  }
  EXPECT_EQ(read(bytes).code(), "xml.too_many_names");
}

TEST(xml, stops_when_asked_and_tells_its_progress) {
  std::stop_source stop;
  std::vector<std::uint64_t> steps;
  Watch watch;
  watch.stop = stop.get_token();
  watch.progress = [&](std::uint64_t bytes) {
    steps.push_back(bytes);
    if (steps.size() == 3) {
      stop.request_stop();
    }
  };
  Endless source("<nmaprun>", "<a>text</a>", 100'000'000, "</nmaprun>");
  Scribe scribe;
  const XmlOutcome outcome = read_xml(source, kind, {}, watch, scribe);
  EXPECT_FALSE(outcome.whole);
  EXPECT_EQ(outcome.fault->message.code, "import.cancelled");
  EXPECT_EQ(steps.size(), 3U);
  EXPECT_TRUE(std::is_sorted(steps.begin(), steps.end()));
  EXPECT_LT(steps.back(), 4'000'000U);
}

TEST(xml, failing_source_is_an_error_in_its_own_words) {
  class Failing final : public ByteSource {
   public:
    std::size_t read(std::span<char> buffer) override {
      const std::size_t count = std::exchange(left_, 0);
      std::memcpy(buffer.data(), "<nmaprun>", count);
      return count;
    }

    const Error* failure() const override { return &error_; }

   private:
    std::size_t left_ = 9;
    Error error_{ErrorKind::unavailable, message("import.cannot_read", {{"reason", "EIO"}}), {}};
  };

  Failing source;
  Scribe scribe;
  const XmlOutcome outcome = read_xml(source, kind, {}, {}, scribe);
  EXPECT_FALSE(outcome.whole);
  EXPECT_EQ(outcome.fault->message, message("import.cannot_read", {{"reason", "EIO"}}));
}

TEST(xml, exception_of_the_visitor_passes_through) {
  MemorySource source("<nmaprun><a/></nmaprun>");
  Scribe scribe;
  scribe.fails = true;
  EXPECT_THROW(read_xml(source, kind, {}, {}, scribe), std::runtime_error);
  EXPECT_EQ(scribe.log, "<0");
}

TEST(xml, what_follows_the_end_is_a_warning_and_all_else_an_error) {
  EXPECT_EQ(read("<nmaprun/><x/>").outcome.fault->severity, Severity::warning);
  EXPECT_EQ(read("<nmaprun>").outcome.fault->severity, Severity::error);
  EXPECT_EQ(read(laughs).outcome.fault->severity, Severity::error);
}

TEST(xml, root_is_found_in_a_head) {
  EXPECT_EQ(xml_root("\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- <x> -->\n<?y <z>?><p:nmaprun a='1'>"),
            "nmaprun");
  EXPECT_EQ(xml_root("<!DOCTYPE nmaprun [<!ENTITY a 'b'>]><nmaprun/>"), "nmaprun");
  EXPECT_EQ(xml_root(std::string_view("\xFE\xFF\0<\0r\0/\0>", 10)), "r");
  EXPECT_EQ(xml_root("<?xml version='1.0'"), "");
  EXPECT_EQ(xml_root("text <a>"), "");
  EXPECT_EQ(xml_root(""), "");
}

TEST(xml, one_line_keeps_words_and_bounds) {
  EXPECT_EQ(one_line("  a\n\t b  ", 10), "a b");
  EXPECT_EQ(one_line("", 10), "");
  EXPECT_EQ(one_line("0123456789", 10), "0123456789");
  EXPECT_EQ(one_line("0123456789A", 10), "0123456…");
  EXPECT_EQ(one_line("éééééé", 10), "ééé…");
}

}  // namespace
}  // namespace releve::intake
