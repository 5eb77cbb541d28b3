// SPDX-License-Identifier: EUPL-1.2
#include "foundation/http/exchange.hpp"

#include "foundation/base/text.hpp"
#include "foundation/http/policy.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <array>

namespace releve::http {

namespace {

constexpr std::size_t spool_piece = std::size_t{256} * 1024;  // bytes written at a time
constexpr std::uint64_t progress_step = 16'384;  // bytes a body must bring within options.body_stall

constexpr std::array<std::pair<const char*, const char*>, 5> security_headers{{
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "geolocation=(), microphone=(), payment=(), usb=()"},
}};

std::string_view kind_of(int status) {
  switch (status) {
    case 401:
      return "unauthenticated";
    case 403:
      return "forbidden";
    case 404:
      return "not_found";
    case 413:
    case 431:
      return "limit";
    default:
      return status >= 500 ? "unavailable" : "invalid";
  }
}

bool has_header(const HttpReply& reply, std::string_view name) {
  for (const auto& [key, value] : reply.headers) {
    if (to_lower(key) == name) {
      return true;
    }
  }
  return false;
}

/// Those of every reply; a page brings a policy of its own.
template <class Add>
void add_security_headers(const HttpReply& reply, const Add& add) {
  if (!has_header(reply, "content-security-policy")) {
    static const std::string policy = content_security_policy();
    const char* const said = policy.c_str();
    add("Content-Security-Policy", said);
  }
  for (const auto& [name, value] : security_headers) {
    add(name, value);
  }
}

ssize_t read_stream(void* context, std::uint64_t, char* buffer, std::size_t room) noexcept {
  auto& open = *static_cast<OpenStream*>(context);
  try {
    while (true) {
      if (open.sent < open.text.size()) {
        const std::size_t taken = std::min(room, open.text.size() - open.sent);
        std::copy_n(open.text.data() + open.sent, taken, buffer);
        open.sent += taken;
        open.next_beat = steady_ms() + open.core.options.heartbeat.count();
        open.connection.due_in(open.core.options.reply_stall);
        return static_cast<ssize_t>(taken);
      }
      open.text.clear();
      open.sent = 0;
      if (auto more = open.stream->pull()) {
        open.text = std::move(*more);
      } else if (open.stream->closed()) {
        return MHD_CONTENT_READER_END_OF_STREAM;
      } else if (open.beat.exchange(false)) {
        open.text = ":\n\n";
      } else {
        open.connection.deadline = never;
        if (open.stream->sleep([&] { MHD_suspend_connection(open.mhd); })) {
          return 0;
        }
      }
    }
  } catch (const std::exception& fault) {
    open.core.log(fault.what());
    return MHD_CONTENT_READER_END_WITH_ERROR;
  }
}

void free_stream(void* context) noexcept {
  const std::unique_ptr<OpenStream> open(static_cast<OpenStream*>(context));
  {
    const std::lock_guard lock(open->core.streams_mutex);
    open->core.streams.erase(open.get());
  }
  open->stream->detach();
}

void free_text(void* text) noexcept {
  delete static_cast<std::string*>(text);
}

}  // namespace

HttpReply refusal(int status, std::string_view code) {
  HttpReply reply;
  reply.status = status;
  reply.headers.emplace_back("Content-Type", "application/json");
  reply.body.append(R"({"kind":")").append(kind_of(status)).append(R"(","message":{"code":")").append(code);
  reply.body.append(R"(","params":[]},"where":"","incident":""})");
  if (status == 503) {
    reply.headers.emplace_back("Retry-After", "1");
  }
  return reply;
}

Exchange::Exchange(Server::Core& core, Connection& connection, MHD_Connection* mhd, const char* target)
    : core_(core), connection_(connection), mhd_(mhd), target_(target), target_end_(target + target_.size()) {
  ++core_.exchanges;
}

Exchange::~Exchange() {
  core_.bodies -= held_;
  core_.uploads -= counts_as_upload_ ? 1 : 0;
  --core_.exchanges;
  if (file_) {  // the client left midway; removing a large file takes time
    auto file = std::make_shared<std::unique_ptr<SpoolFile>>(std::move(file_));
    core_.spooler.submit([] {}, [file](bool) { file->reset(); });
  }
}

MHD_Result Exchange::step(const char* method, const char* version, const char* data, std::size_t* size) {
  if (!begun_) {
    begun_ = true;
    return begin(method, version);
  }
  if (*size > 0) {
    return receive(data, size);
  }
  return reply_ ? send() : finish();
}

std::optional<HttpReply> Exchange::read_head(const char* method, const char* version) {
  HttpHead& head = request_.head;
  head.peer = connection_.peer;
  head_only_ = std::string_view(method) == "HEAD";
  head.method = head_only_ ? "GET" : method;
  const auto* bytes = MHD_get_connection_info(mhd_, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
  if (bytes != nullptr && bytes->header_size > core_.options.max_head) {
    return refusal(431, "http.head_too_large");
  }
  RawHeaders raw;
  MHD_get_connection_values_n(
      mhd_, MHD_HEADER_KIND,
      [](void* context, MHD_ValueKind, const char* name, std::size_t name_size, const char* value,
         std::size_t value_size) {
        static_cast<RawHeaders*>(context)->emplace_back(
            std::string(name, name_size), value == nullptr ? "" : std::string(value, value_size));
        return MHD_YES;
      },
      &raw);
  // A NUL in the request line ends the target early: then the version does not follow it.
  auto fault = version == target_end_ + 1 ? read_target(target_, head) : Refusal{400, "http.bad_address"};
  if (!fault) {
    fault = read_headers(raw, std::string_view(version) == "HTTP/1.0", head);
  }
  if (fault) {
    return refusal(fault->status, fault->code);
  }
  return std::nullopt;
}

std::optional<HttpReply> Exchange::ask_plan() {
  const HttpHead& head = request_.head;
  if (head.method != "GET" && head.method != "POST" && head.method != "PUT" && head.method != "DELETE") {
    auto reply = refusal(405, "http.method_not_allowed");
    reply.headers.emplace_back("Allow", "GET, HEAD, POST, PUT, DELETE");
    return reply;
  }
  if (const auto fault = check_neighbours(head, core_.neighbours)) {
    return refusal(fault->status, fault->code);
  }
  plan_ = core_.plan(head);
  if (plan_.refuse) {
    return std::move(plan_.refuse);
  }
  if (head.length.value_or(0) > plan_.max_body) {
    return refusal(413, "http.body_too_large");
  }
  if (plan_.spool) {
    counts_as_upload_ = true;
    if (++core_.uploads > core_.options.max_uploads) {
      return refusal(503, "http.too_many_uploads");
    }
  }
  return std::nullopt;
}

MHD_Result Exchange::begin(const char* method, const char* version) {
  connection_.due_in(core_.options.body_stall);
  reply_ = read_head(method, version);
  malformed_ = reply_.has_value();
  if (!reply_) {
    try {
      reply_ = ask_plan();
    } catch (const std::exception& fault) {
      core_.log(fault.what());
      reply_ = refusal(500, "http.internal");
    }
  }
  const bool body_follows = request_.head.length != std::optional<std::uint64_t>(0);
  if (!reply_ || (!malformed_ && !body_follows)) {
    return MHD_YES;  // without a body the next call comes at once, and the connection lives on
  }
  cut_short_ = true;
  return send();
}

void Exchange::note_progress(std::size_t bytes) {
  since_progress_ += bytes;
  if (since_progress_ >= progress_step) {
    since_progress_ = 0;
    connection_.due_in(core_.options.body_stall);
  }
}

MHD_Result Exchange::receive(const char* data, std::size_t* size) {
  const auto* suspended = MHD_get_connection_info(mhd_, MHD_CONNECTION_INFO_CONNECTION_SUSPENDED);
  if (suspended != nullptr && suspended->suspended == MHD_YES) {
    return MHD_YES;  // several chunks in one packet: the rest waits for the disk
  }
  const std::string_view more(data, *size);
  if (spool_failed_) {
    return refuse_now(503, "http.spool_failed");
  }
  received_ += more.size();
  if (received_ > plan_.max_body) {
    return refuse_now(413, "http.body_too_large");
  }
  note_progress(more.size());
  *size = 0;
  if (plan_.spool) {
    return spool(more);
  }
  held_ += more.size();
  if (core_.bodies.fetch_add(more.size()) + more.size() > core_.options.max_bodies) {
    return refuse_now(503, "http.busy");
  }
  request_.body.append(more);
  return MHD_YES;
}

MHD_Result Exchange::spool(std::string_view more) {
  unwritten_.append(more);
  if (unwritten_.size() >= spool_piece && !flush()) {
    spool_failed_ = true;
  }
  return MHD_YES;
}

bool Exchange::flush() {
  return core_.spooler.submit(
      [this] {
        connection_.deadline = never;
        MHD_suspend_connection(mhd_);
      },
      [this](bool run) { write_spool(run); });
}

void Exchange::write_spool(bool run) {
  try {
    if (run && !spool_failed_) {
      if (!file_) {
        file_ = std::make_unique<SpoolFile>(core_.options.spool_folder);
      }
      file_->append(unwritten_);
    } else {
      spool_failed_ = true;
    }
  } catch (const std::exception& fault) {
    core_.log(fault.what());
    spool_failed_ = true;
  }
  unwritten_.clear();
  since_progress_ = 0;
  connection_.due_in(core_.options.body_stall);
  MHD_resume_connection(mhd_);
}

MHD_Result Exchange::finish() {
  connection_.deadline = never;
  connection_.expects_bytes = false;
  if (plan_.spool && !spool_ended_) {
    spool_ended_ = true;
    if (flush()) {
      return MHD_YES;
    }
    spool_failed_ = true;
  }
  if (spool_failed_) {
    reply_ = refusal(503, "http.spool_failed");
    return send();
  }
  const bool taken =
      core_.workers.submit([this] { MHD_suspend_connection(mhd_); }, [this](bool run) { run_handler(run); });
  if (!taken) {
    reply_ = refusal(503, "http.busy");
    return send();
  }
  return MHD_YES;
}

void Exchange::run_handler(bool run) {
  try {
    if (run) {
      if (file_) {
        request_.spool_path = file_->path();
        request_.spool_size = file_->size();
      }
      reply_ = core_.handle(std::move(request_));
    } else {
      reply_ = refusal(503, "http.stopping");
    }
  } catch (const std::exception& fault) {
    core_.log(fault.what());
    reply_ = refusal(500, "http.internal");
  }
  file_.reset();
  MHD_resume_connection(mhd_);
}

MHD_Response* Exchange::make_stream_response() {
  auto open = std::make_unique<OpenStream>(core_, connection_, mhd_, reply_->stream);
  open->next_beat = steady_ms() + core_.options.heartbeat.count();
  open->stream->attach([mhd = mhd_] { MHD_resume_connection(mhd); });
  {
    const std::lock_guard lock(core_.streams_mutex);
    core_.streams.insert(open.get());
  }
  if (core_.leaving) {
    open->stream->close();
  }
  constexpr std::size_t block = 4096;
  auto* response =
      MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, block, &read_stream, open.get(), &free_stream);
  if (response == nullptr) {
    free_stream(open.release());
    return nullptr;
  }
  (void)open.release();
  return response;
}

MHD_Response* Exchange::make_response() {
  if (reply_->stream && !head_only_) {
    return make_stream_response();
  }
  const std::string_view lasting = reply_->lasting;
  if (!lasting.empty() || reply_->body.empty()) {
    return MHD_create_response_from_buffer(lasting.size(), const_cast<char*>(lasting.data()),
                                           MHD_RESPMEM_PERSISTENT);
  }
  auto text = std::make_unique<std::string>(std::move(reply_->body));
  auto* response = MHD_create_response_from_buffer_with_free_callback_cls(text->size(), text->data(),
                                                                          &free_text, text.get());
  if (response != nullptr) {
    (void)text.release();
  }
  return response;
}

MHD_Result Exchange::send() {
  connection_.expects_bytes = false;
  if (reply_->stream && !head_only_ && core_.open_streams() >= core_.options.max_streams) {
    reply_ = refusal(503, "http.too_many_streams");
  }
  const auto size =
      static_cast<std::int64_t>(reply_->lasting.empty() ? reply_->body.size() : reply_->lasting.size());
  const bool cacheable = has_header(*reply_, "cache-control");
  MHD_Response* response = make_response();
  if (response == nullptr) {
    return MHD_NO;
  }
  const auto add = [&](const char* name, const char* value) {
    if (MHD_add_response_header(response, name, value) == MHD_NO) {
      core_.log(std::string("a reply header was left out: ") + name);
    }
  };
  add_security_headers(*reply_, add);
  if (!cacheable) {
    add("Cache-Control", "no-store");
  }
  if (malformed_ || core_.leaving) {
    add("Connection", "close");
  }
  for (const auto& [name, value] : reply_->headers) {
    add(name.c_str(), value.c_str());
  }
  connection_.due_in(core_.options.reply_stall +
                     std::chrono::milliseconds(size * 1000 / core_.options.slowest_reply));
  const auto done = MHD_queue_response(mhd_, static_cast<unsigned>(reply_->status), response);
  MHD_destroy_response(response);
  return done;
}

// libmicrohttpd takes no reply in the middle of a body, so this one is written past it: nothing of a reply
// has been sent yet, and so little always fits the socket. The connection then ends.
MHD_Result Exchange::refuse_now(int status, std::string_view code) {
  const HttpReply reply = refusal(status, code);
  std::string text = "HTTP/1.1 " + std::to_string(status) + " " +
                     MHD_get_reason_phrase_for(static_cast<unsigned>(status)) + "\r\n";
  const auto add = [&](std::string_view name, std::string_view value) {
    text.append(name).append(": ").append(value).append("\r\n");
  };
  add_security_headers(reply, add);
  for (const auto& [name, value] : reply.headers) {
    add(name, value);
  }
  add("Cache-Control", "no-store");
  add("Connection", "close");
  add("Content-Length", std::to_string(reply.body.size()));
  text += "\r\n" + reply.body;
  (void)::send(connection_.socket, text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  cut_short_ = true;
  return MHD_NO;
}

}  // namespace releve::http
