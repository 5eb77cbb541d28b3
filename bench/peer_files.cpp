// SPDX-License-Identifier: EUPL-1.2
#include "peer_files.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <libxml/xmlreader.h>
#include <rapidjson/document.h>

#include <array>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace releve::bench {

namespace {

struct Item {
  std::string title;
  std::string severity;
  std::vector<std::string> cves;
};

struct Host {
  std::string name;
  std::vector<Item> items;
};

std::string taken(xmlChar* text) {
  std::string copy(text == nullptr ? "" : reinterpret_cast<const char*>(text));
  xmlFree(text);
  return copy;
}

std::string attribute(xmlTextReader* reader, const char* name) {
  return taken(xmlTextReaderGetAttribute(reader, reinterpret_cast<const xmlChar*>(name)));
}

std::string entry_bytes(archive* zip) {
  std::string bytes;
  std::array<char, 1 << 16> block{};
  for (la_ssize_t got = 0; (got = archive_read_data(zip, block.data(), block.size())) > 0;) {
    bytes.append(block.data(), static_cast<std::size_t>(got));
  }
  return bytes;
}

}  // namespace

Totals plain_nessus(const std::string& path) {
  const std::unique_ptr<xmlTextReader, void (*)(xmlTextReader*)> reader(
      xmlReaderForFile(path.c_str(), nullptr, XML_PARSE_HUGE), &xmlFreeTextReader);
  std::vector<Host> hosts;
  int status = 0;
  while ((status = xmlTextReaderRead(reader.get())) == 1) {
    if (xmlTextReaderNodeType(reader.get()) != XML_READER_TYPE_ELEMENT) {
      continue;
    }
    const std::string_view name = reinterpret_cast<const char*>(xmlTextReaderConstName(reader.get()));
    if (name == "ReportHost") {
      hosts.push_back({attribute(reader.get(), "name"), {}});
    } else if (name == "ReportItem") {
      hosts.back().items.push_back(
          {attribute(reader.get(), "pluginName"), attribute(reader.get(), "severity"), {}});
    } else if (name == "cve") {
      hosts.back().items.back().cves.push_back(taken(xmlTextReaderReadString(reader.get())));
    }
  }
  if (status != 0) {
    throw std::runtime_error(path + " does not read with libxml2");
  }
  std::size_t items = 0;
  for (const Host& host : hosts) {
    items += host.items.size();
  }
  return {static_cast<double>(hosts.size()), static_cast<double>(items)};
}

Totals plain_sharphound(const std::string& path) {
  const std::unique_ptr<archive, int (*)(archive*)> zip(archive_read_new(), &archive_read_free);
  archive_read_support_format_zip(zip.get());
  if (archive_read_open_filename(zip.get(), path.c_str(), 1 << 16) != ARCHIVE_OK) {
    throw std::runtime_error(path + " does not open with libarchive");
  }
  std::size_t objects = 0;
  std::size_t rights = 0;
  for (archive_entry* entry = nullptr; archive_read_next_header(zip.get(), &entry) == ARCHIVE_OK;) {
    const std::string bytes = entry_bytes(zip.get());
    rapidjson::Document file;
    file.Parse(bytes.data(), bytes.size());
    if (file.HasParseError()) {
      throw std::runtime_error(std::string(archive_entry_pathname(entry)) + " does not read with RapidJSON");
    }
    for (const auto& object : file.FindMember("data")->value.GetArray()) {
      ++objects;
      rights += object.FindMember("Aces")->value.Size();
    }
  }
  return {static_cast<double>(objects), static_cast<double>(rights)};
}

}  // namespace releve::bench
