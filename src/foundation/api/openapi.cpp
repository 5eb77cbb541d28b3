// SPDX-License-Identifier: EUPL-1.2
#include "foundation/api/openapi.hpp"

#include "foundation/api/bind.hpp"
#include "foundation/api/router.hpp"

#include <algorithm>

namespace releve::api {

namespace {

constexpr auto error_response = "#/components/responses/Error";

void member(JsonWriter& writer, std::string_view name, std::string_view text) {
  writer.key(name);
  writer.text(text);
}

void write_parameters(JsonWriter& writer, const std::vector<detail::ParameterDoc>& parameters) {
  writer.key("parameters");
  writer.begin_array();
  for (const auto& parameter : parameters) {
    writer.begin_object();
    member(writer, "name", parameter.name);
    member(writer, "in", parameter.in_path ? "path" : "query");
    writer.key("required");
    writer.boolean(parameter.required);
    if (!parameter.in_path) {  // lists are one value, separated by commas
      member(writer, "style", "form");
      writer.key("explode");
      writer.boolean(false);
    }
    writer.key("schema");
    writer.raw(parameter.schema);
    writer.end_object();
  }
  writer.end_array();
}

void write_content(JsonWriter& writer, std::string_view type, std::string_view schema) {
  writer.key("content");
  writer.begin_object();
  writer.key(type);
  writer.begin_object();
  writer.key("schema");
  writer.raw(schema);
  writer.end_object();
  writer.end_object();
}

constexpr auto bytes_schema = R"({"type":"string","format":"binary"})";

void write_body(JsonWriter& writer, const Endpoint& endpoint, const detail::OperationDoc& doc) {
  if (!endpoint.takes_upload && doc.body_schema.empty()) {
    return;
  }
  writer.key("requestBody");
  writer.begin_object();
  writer.key("required");
  writer.boolean(endpoint.takes_upload || doc.body_required);
  if (endpoint.takes_upload) {
    write_content(writer, "application/octet-stream", bytes_schema);
  } else {
    write_content(writer, "application/json", doc.body_schema);
  }
  writer.key("x-max-bytes");
  writer.unsigned_integer(endpoint.max_body);
  writer.end_object();
}

void write_replies(JsonWriter& writer, const detail::OperationDoc& doc) {
  writer.key("responses");
  writer.begin_object();
  const bool nothing = !doc.file_reply && doc.reply_schema.empty();
  writer.key(nothing ? "204" : "200");
  writer.begin_object();
  member(writer, "description", nothing ? "done" : doc.file_reply ? "the file" : "the answer");
  if (doc.file_reply) {
    write_content(writer, "application/octet-stream", bytes_schema);
  } else if (!nothing) {
    write_content(writer, "application/json", doc.reply_schema);
  }
  writer.end_object();
  writer.key("default");
  writer.begin_object();
  member(writer, "$ref", error_response);
  writer.end_object();
  writer.end_object();
}

void merge(Schemas& all, const Schemas& some) {
  for (const auto& [name, schema] : some) {
    const auto [place, fresh] = all.emplace(name, schema);
    RELEVE_CHECK(fresh || place->second == schema, "two different types are called " + name);
  }
}

void write_components(JsonWriter& writer, const Schemas& components) {
  writer.key("components");
  writer.begin_object();
  writer.key("responses");
  writer.begin_object();
  writer.key("Error");
  writer.begin_object();
  member(writer, "description", "why not; the words are in the catalogue under the message's code");
  write_content(writer, "application/json", R"({"$ref":"#/components/schemas/ErrorReply"})");
  writer.end_object();
  writer.end_object();
  writer.key("schemas");
  writer.begin_object();
  for (const auto& [name, schema] : components) {
    writer.key(name);
    writer.raw(schema);
  }
  writer.end_object();
  writer.end_object();
}

// Two spaces a level, one item a line. The writer's own indenting leaves raw parts on one line, and a
// schema on one line is a difference that nobody reads.
std::string indent(std::string_view json) {
  std::string text;
  std::size_t depth = 0;
  bool in_text = false;
  const auto new_line = [&] { text.append("\n").append(2 * depth, ' '); };
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_text) {
      text += c;
      if (c == '\\') {
        text += json[++i];
      }
      in_text = c != '"';
      continue;
    }
    const bool opens = c == '{' || c == '[';
    const bool closes = c == '}' || c == ']';
    const bool empty = opens && i + 1 < json.size() && (json[i + 1] == '}' || json[i + 1] == ']');
    if (empty) {
      text.append(json.substr(i++, 2));
      continue;
    }
    if (closes) {
      --depth;
      new_line();
    }
    text += c;
    in_text = c == '"';
    depth += opens ? 1 : 0;
    if (opens || c == ',') {
      new_line();
    } else if (c == ':') {
      text += ' ';
    }
  }
  return text + "\n";
}

}  // namespace

namespace detail {

void write_operation(JsonWriter& writer, const Endpoint& endpoint, const OperationDoc& doc) {
  writer.begin_object();
  member(writer, "operationId", operation_id(endpoint.method, endpoint.path));
  member(writer, "summary", endpoint.summary);
  member(writer, "x-right", text_of(endpoint.right));
  member(writer, "x-about", text_of(endpoint.about));
  write_parameters(writer, doc.parameters);
  write_body(writer, endpoint, doc);
  write_replies(writer, doc);
  writer.end_object();
}

}  // namespace detail

std::string operation_id(Method method, std::string_view path) {
  std::string id(text_of(method));
  bool word_starts = true;
  for (const char c : path) {
    if (c == '{') {
      id += "By";
    } else if (c >= 'a' && c <= 'z' && word_starts) {
      id += static_cast<char>(c - 'a' + 'A');
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
      id += c;
    }
    word_starts = c == '/' || c == '{' || c == '_' || c == '-' || c == '.';
  }
  return id;
}

std::string openapi(const std::vector<Endpoint>& endpoints, std::string_view version) {
  std::map<std::string, std::map<Method, const Endpoint*>> paths;
  for (const auto& endpoint : endpoints) {
    RELEVE_CHECK(paths[endpoint.path].emplace(endpoint.method, &endpoint).second,
                 "two rows for " + endpoint.path);
  }
  Schemas components;
  (void)schema_of<ErrorReply>(components);
  JsonWriter writer;
  writer.begin_object();
  member(writer, "openapi", "3.1.0");
  writer.key("info");
  writer.begin_object();
  member(writer, "title", "Relève");
  member(writer, "version", version);
  writer.key("license");
  writer.begin_object();
  member(writer, "name", "European Union Public Licence 1.2");
  member(writer, "identifier", "EUPL-1.2");
  writer.end_object();
  writer.end_object();
  writer.key("servers");
  writer.begin_array();
  writer.begin_object();
  member(writer, "url", api_root);
  writer.end_object();
  writer.end_array();
  writer.key("paths");
  writer.begin_object();
  for (const auto& [path, operations] : paths) {
    writer.key(path);
    writer.begin_object();
    for (const auto& [method, endpoint] : operations) {
      Schemas own;
      writer.key(text_of(method));
      endpoint->document(writer, own, *endpoint);
      merge(components, std::move(own));
    }
    writer.end_object();
  }
  writer.end_object();
  write_components(writer, components);
  writer.end_object();
  return indent(writer.take());
}

}  // namespace releve::api
