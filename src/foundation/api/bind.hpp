// SPDX-License-Identifier: EUPL-1.2
// on() and on_upload(): a row of the API out of a handler. Include it where rows are written; whoever
// only holds rows needs endpoint.hpp alone.
//
// Everything that a client sends is read here before the handler runs, strictly: an unknown query name,
// a member too many, a body where none belongs are refused, so that a misspelt filter never shows
// everything instead of something.
#pragma once

#include "foundation/api/endpoint.hpp"
#include "foundation/base/text.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <tuple>
#include <utility>

namespace releve::api {

namespace detail {

/// "{facility}", "{id}" -> facility, id.
std::vector<std::string> placeholders(std::string_view path);

/// What a row is about when its right and path already say it.
void infer_about(Endpoint& endpoint);

Error bad_request(std::string code, std::string where, std::vector<Param> params = {});

/// One query or path parameter, or what the body is, for the OpenAPI document.
struct ParameterDoc {
  std::string name;
  bool in_path = false;
  bool required = false;
  std::string schema;
};

struct OperationDoc {
  std::vector<ParameterDoc> parameters;
  std::string body_schema;  // empty: no JSON body
  bool body_required = false;
  bool file_reply = false;
  std::string reply_schema;  // empty and no file: 204
};

void write_operation(JsonWriter& writer, const Endpoint& endpoint, const OperationDoc& doc);

template <class T>
struct Shape : Shape<decltype(&T::operator())> {};

template <class R, class... A>
struct Shape<R (*)(A...)> {
  using Args = std::tuple<std::remove_cvref_t<A>...>;
  using Returned = R;
};

template <class C, class R, class... A>
struct Shape<R (C::*)(A...)> : Shape<R (*)(A...)> {};

template <class C, class R, class... A>
struct Shape<R (C::*)(A...) const> : Shape<R (*)(A...)> {};

template <class R>
struct OutOf;

template <class T>
struct OutOf<Result<T>> {
  using Type = T;
};

/// The body of a reply that may also begin or end a session.
template <class T>
struct BodyOf {
  using Type = T;
};

template <class T>
struct BodyOf<WithSession<T>> {
  using Type = T;
};

template <class T>
constexpr bool is_vector = releve::detail::IsVector<T>::value;
template <class T>
constexpr bool is_optional = releve::detail::IsOptional<T>::value;

/// A value out of the text of a query or path parameter. `where` names the parameter.
template <class T>
Result<T> read_text(std::string_view text, const Rules& rules, const std::string& where) {
  using releve::detail::check_length;
  using releve::detail::check_number;
  if constexpr (is_optional<T>) {
    return T(TRY(read_text<typename T::value_type>(text, rules, where)));
  } else if constexpr (std::is_same_v<T, bool>) {
    if (text != "true" && text != "false") {
      return bad_request("json.not_a_boolean", where);
    }
    return text == "true";
  } else if constexpr (std::is_integral_v<T>) {
    const auto number = parse_int(text);
    if (!number || !std::in_range<T>(*number)) {
      return bad_request("json.not_a_whole_number", where);
    }
    TRY(check_number(static_cast<double>(*number), rules, where));
    return static_cast<T>(*number);
  } else if constexpr (std::is_floating_point_v<T>) {
    // Not parse_number(): a comma separates the items of a list here.
    T number{};
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc() || end != text.data() + text.size() || number - number != 0) {
      return bad_request("json.not_a_number", where);
    }
    TRY(check_number(static_cast<double>(number), rules, where));
    return number;
  } else if constexpr (std::is_same_v<T, std::string>) {
    TRY(check_length(text.size(), rules, where));
    return std::string(text);
  } else if constexpr (std::is_same_v<T, Instant>) {
    auto instant = parse_rfc3339(text);
    if (!instant) {
      return bad_request("json.not_an_instant", where);
    }
    return std::move(instant).value();
  } else if constexpr (NamedEnum<T>) {
    const auto value = value_of<T>(text);
    if (!value) {
      std::string allowed;
      for (const auto& entry : describe(static_cast<T*>(nullptr)).entries) {
        allowed += (allowed.empty() ? "" : ", ") + std::string(entry.text);
      }
      return bad_request("json.not_one_of", where, {{"allowed", allowed}});
    }
    return *value;
  } else {
    static_assert(is_vector<T>,
                  "a parameter is a text, number, boolean, enumeration, instant or a list of these");
    T list;
    if (!text.empty()) {
      for (const auto item : split(text, ',')) {
        list.push_back(TRY(read_text<typename T::value_type>(item, Rules{}, where)));
      }
    }
    TRY(check_length(list.size(), rules, where));
    return list;
  }
}

/// A type that read_text() can read: what may stand in a path or query.
template <class T>
constexpr bool fits_text() {
  if constexpr (is_optional<T> || is_vector<T>) {
    return fits_text<typename T::value_type>();
  } else {
    return std::is_arithmetic_v<T> || std::is_same_v<T, std::string> || std::is_same_v<T, Instant> ||
           NamedEnum<T>;
  }
}

/// Fills the members named in the path; with `query` also all others, and refuses names that In has not.
template <Described In>
Status read_parameters(In& in, const PathValues& path, const std::map<std::string, std::string>* query) {
  std::optional<Error> fault;
  std::size_t from_query = 0;
  for_each_field<In>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    if constexpr (fits_text<typename F::Type>()) {
      if (fault) {
        return;
      }
      const std::string name(F::name);
      const auto in_path = path.find(name);
      const std::string* text = in_path == path.end() ? nullptr : &in_path->second;
      if (text == nullptr && query != nullptr) {
        const auto given = query->find(name);
        if (given != query->end()) {
          text = &given->second;
          ++from_query;
        } else if (!field.rules.optional && !is_optional<typename F::Type>) {
          fault = bad_request("api.parameter_missing", name);
        }
      }
      if (text == nullptr) {
        return;
      }
      auto value = read_text<typename F::Type>(*text, field.rules, name);
      if (!value) {
        fault = std::move(value).error();
        return;
      }
      in.*F::member = std::move(value).value();
    }
  });
  if (fault) {
    return std::move(*fault);
  }
  if (query != nullptr && from_query != query->size()) {
    for (const auto& [name, text] : *query) {
      if (!has_field<In>(name) || path.contains(name)) {
        return bad_request("api.parameter_unknown", shorten(name, 80));
      }
    }
  }
  return Done{};
}

/// The members of In that are not in the path, out of the JSON body.
template <Described In>
Status read_body(In& in, const PathValues& path, const std::string& body) {
  bool required = false;
  for_each_field<In>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    required = required || (!path.contains(std::string(F::name)) && !field.rules.optional &&
                            !is_optional<typename F::Type>);
  });
  if (body.empty()) {
    return required ? Status(bad_request("api.body_missing", "")) : Status(Done{});
  }
  const JsonDocument document = TRY(JsonDocument::parse(body));
  const JsonValue root = document.root();
  if (root.kind() != JsonValue::Kind::object) {
    return bad_request("json.not_an_object", "");
  }
  std::optional<Error> fault;
  for_each_field<In>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    const std::string name(F::name);
    if (fault || path.contains(name)) {
      return;
    }
    const auto member = root.find(name);
    if (!member) {
      if (!field.rules.optional && !is_optional<typename F::Type>) {
        fault = bad_request("json.missing", name);
      }
      return;
    }
    auto value = releve::detail::read_value<typename F::Type>(*member, field.rules, name);
    if (!value) {
      fault = std::move(value).error();
      return;
    }
    in.*F::member = std::move(value).value();
  });
  if (fault) {
    return std::move(*fault);
  }
  for (std::size_t i = 0; i < root.size(); ++i) {
    if (!has_field<In>(root.member_name(i)) || path.contains(std::string(root.member_name(i)))) {
      return bad_request("json.unknown_member", "", {{"member", shorten(root.member_name(i), 80)}});
    }
  }
  return Done{};
}

template <Described In>
Result<In> read_input(bool all_in_query, const PathValues& path, const Request& request) {
  In in{};
  TRY(read_parameters(in, path, all_in_query ? &request.query : nullptr));
  if (!all_in_query) {
    if (!request.query.empty()) {
      return bad_request("api.parameter_unknown", shorten(request.query.begin()->first, 80));
    }
    TRY(read_body(in, path, request.body));
  } else if (!request.body.empty()) {
    return bad_request("api.body_unexpected", "");
  }
  return in;
}

template <class T>
Reply reply_of(T&& out) {
  Reply reply;
  if constexpr (std::is_same_v<T, Nothing>) {
    reply.status = 204;
    reply.content_type = "";
  } else if constexpr (std::is_same_v<T, File>) {
    reply.content_type = std::move(out.content_type);
    reply.body = std::move(out.bytes);
    reply.file_name = std::move(out.file_name);
  } else if constexpr (!std::is_same_v<typename BodyOf<T>::Type, T>) {
    reply = reply_of(std::move(out.body));
    reply.session = std::move(out.secret);
  } else {
    reply.body = to_json(out);
  }
  return reply;
}

/// A placeholder that In has not, or cannot read from text, is a Bug when the row is made.
template <Described In>
void check_placeholders(const std::vector<std::string>& names) {
  for (const auto& wanted : names) {
    bool found = false;
    for_each_field<In>([&](const auto& field) {
      using F = std::remove_cvref_t<decltype(field)>;
      found = found || (F::name == wanted && fits_text<typename F::Type>() &&
                        !is_optional<typename F::Type> && !is_vector<typename F::Type>);
    });
    RELEVE_CHECK(found,
                 "the path names '" + wanted + "', which the handler's input does not have as a plain value");
  }
}

template <Described In>
void check_query_members(const std::vector<std::string>& in_path) {
  for_each_field<In>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    const bool placed = std::find(in_path.begin(), in_path.end(), F::name) != in_path.end();
    RELEVE_CHECK(placed || fits_text<typename F::Type>(),
                 "'" + std::string(F::name) + "' cannot stand in a query");
  });
}

template <Described In>
std::string body_schema(Schemas& components, const std::vector<std::string>& in_path, bool& required) {
  std::size_t members = 0;
  JsonWriter properties;
  std::vector<std::string> needed;
  properties.begin_object();
  for_each_field<In>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    if (std::find(in_path.begin(), in_path.end(), F::name) != in_path.end()) {
      return;
    }
    ++members;
    if (!field.rules.optional && !is_optional<typename F::Type>) {
      needed.emplace_back(F::name);
    }
    properties.key(F::name);
    releve::detail::write_schema<typename F::Type>(properties, components, field.rules, field.meaning);
  });
  properties.end_object();
  if (members == 0) {
    return {};
  }
  required = !needed.empty();
  JsonWriter schema;
  schema.begin_object();
  schema.key("type");
  schema.text("object");
  schema.key("additionalProperties");
  schema.boolean(false);
  schema.key("required");
  releve::detail::write_value(schema, needed);
  schema.key("properties");
  schema.raw(properties.take());
  schema.end_object();
  return schema.take();
}

template <Described In, class Reply>
void document(JsonWriter& writer, Schemas& components, const Endpoint& endpoint, bool all_in_query) {
  using Out = typename BodyOf<Reply>::Type;
  const auto in_path = placeholders(endpoint.path);
  OperationDoc doc;
  for_each_field<In>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    const bool placed = std::find(in_path.begin(), in_path.end(), F::name) != in_path.end();
    if (!placed && !all_in_query) {
      return;
    }
    JsonWriter schema;
    if constexpr (is_optional<typename F::Type>) {  // absent is not null: a query has no null
      releve::detail::write_schema<typename F::Type::value_type>(schema, components, field.rules,
                                                                 field.meaning);
    } else {
      releve::detail::write_schema<typename F::Type>(schema, components, field.rules, field.meaning);
    }
    doc.parameters.push_back({std::string(F::name), placed,
                              placed || (!field.rules.optional && !is_optional<typename F::Type>),
                              schema.take()});
  });
  if (!all_in_query) {
    doc.body_schema = body_schema<In>(components, in_path, doc.body_required);
  }
  doc.file_reply = std::is_same_v<Out, File>;
  if constexpr (!std::is_same_v<Out, File> && !std::is_same_v<Out, Nothing>) {
    doc.reply_schema = schema_of<Out>(components);
  }
  write_operation(writer, endpoint, doc);
}

}  // namespace detail

template <class Handler>
Endpoint on(Method method, std::string path, Right right, std::string summary, Handler handler) {
  using S = detail::Shape<Handler>;
  using In = std::tuple_element_t<1, typename S::Args>;
  using Out = typename detail::OutOf<typename S::Returned>::Type;
  static_assert(std::tuple_size_v<typename S::Args> == 2, "Result<Out>(const Session&, const In&)");
  const bool all_in_query = method == Method::get || method == Method::del;
  detail::check_placeholders<In>(detail::placeholders(path));
  if (all_in_query) {
    detail::check_query_members<In>(detail::placeholders(path));
  }
  Endpoint endpoint{.method = method,
                    .path = std::move(path),
                    .right = right,
                    .summary = std::move(summary),
                    .run = {},
                    .document = {}};
  detail::infer_about(endpoint);
  endpoint.run = [handler = std::move(handler), all_in_query](const Session& session,
                                                              const PathValues& values,
                                                              const Request& request) -> Result<Reply> {
    const In in = TRY(detail::read_input<In>(all_in_query, values, request));
    return detail::reply_of(TRY(handler(session, in)));
  };
  endpoint.document = [all_in_query](JsonWriter& writer, Schemas& components, const Endpoint& row) {
    detail::document<In, Out>(writer, components, row, all_in_query);
  };
  return endpoint;
}

template <class Handler>
Endpoint on_upload(std::string path, Right right, std::string summary, std::uint64_t max_body,
                   Handler handler) {
  using S = detail::Shape<Handler>;
  using In = std::tuple_element_t<1, typename S::Args>;
  using Out = typename detail::OutOf<typename S::Returned>::Type;
  static_assert(std::tuple_size_v<typename S::Args> == 3,
                "Result<Out>(const Session&, const In&, const Upload&)");
  detail::check_placeholders<In>(detail::placeholders(path));
  detail::check_query_members<In>(detail::placeholders(path));
  Endpoint endpoint{.method = Method::post,
                    .path = std::move(path),
                    .right = right,
                    .summary = std::move(summary),
                    .takes_upload = true,
                    .max_body = max_body,
                    .run = {},
                    .document = {}};
  detail::infer_about(endpoint);
  endpoint.run = [handler = std::move(handler)](const Session& session, const PathValues& values,
                                                const Request& request) -> Result<Reply> {
    const In in = TRY(detail::read_input<In>(true, values, request));
    std::error_code fault;
    const auto size = std::filesystem::file_size(request.upload_path, fault);
    if (request.upload_path.empty() || fault) {
      return detail::bad_request("api.body_missing", "");
    }
    return detail::reply_of(TRY(handler(session, in, Upload{request.upload_path, size})));
  };
  endpoint.document = [](JsonWriter& writer, Schemas& components, const Endpoint& row) {
    detail::document<In, Out>(writer, components, row, true);
  };
  return endpoint;
}

}  // namespace releve::api
