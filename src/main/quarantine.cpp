// SPDX-License-Identifier: EUPL-1.2
// The protocol is that of clamd(8), "FILDES".
#include "main/quarantine.hpp"

#include "foundation/base/text.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace releve::main {

namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}

  ~Descriptor() {
    if (number_ >= 0) {
      ::close(number_);
    }
  }

  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int operator*() const { return number_; }

 private:
  int number_;
};

Error not_scanned(const std::string& why) {
  return {ErrorKind::unavailable, message("upload.not_scanned", {{"reason", why}}), {}};
}

Error not_scanned() {
  return not_scanned(std::generic_category().message(errno));
}

/// The command with the open file beside it.
bool send_file(int line, int file) {
  char one = 0;
  iovec bytes{&one, 1};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  msghdr envelope{};
  envelope.msg_iov = &bytes;
  envelope.msg_iovlen = 1;
  envelope.msg_control = control.data();
  envelope.msg_controllen = control.size();
  cmsghdr* beside = CMSG_FIRSTHDR(&envelope);
  beside->cmsg_level = SOL_SOCKET;
  beside->cmsg_type = SCM_RIGHTS;
  beside->cmsg_len = CMSG_LEN(sizeof(int));
  std::memcpy(CMSG_DATA(beside), &file, sizeof(int));
  constexpr std::string_view command("zFILDES\0", 8);
  return ::send(line, command.data(), command.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(command.size()) &&
         ::sendmsg(line, &envelope, MSG_NOSIGNAL) == 1;
}

}  // namespace

Status Quarantine::look(const std::string& file) const {
  if (socket_.empty()) {
    return Done{};
  }
  const Descriptor open_file(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  const Descriptor line(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (socket_.size() >= sizeof(address.sun_path)) {
    return not_scanned(std::generic_category().message(ENAMETOOLONG));
  }
  socket_.copy(address.sun_path, socket_.size());
  const timeval patience{.tv_sec = 120, .tv_usec = 0};
  if (*open_file < 0 || *line < 0 ||
      ::setsockopt(*line, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)) != 0 ||
      ::connect(*line, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0 ||
      !send_file(*line, *open_file)) {
    return not_scanned();
  }
  std::string said;  // "fd[10]: Eicar-Signature FOUND"
  std::array<char, 512> piece{};
  while (said.size() < 4096 && said.find('\0') == std::string::npos) {
    const ssize_t got = ::recv(*line, piece.data(), piece.size(), 0);
    if (got < 0) {
      return not_scanned();
    }
    if (got == 0) {
      break;
    }
    said.append(piece.data(), static_cast<std::size_t>(got));
  }
  said = said.substr(0, said.find('\0'));
  if (said.ends_with(": OK")) {
    return Done{};
  }
  const std::size_t name = said.find(": ");
  if (name != std::string::npos && said.ends_with(" FOUND")) {
    const std::string what = said.substr(name + 2, said.size() - name - 2 - 6);
    return Error{ErrorKind::invalid, message("upload.infected", {{"name", shorten(what, 100)}}), {}};
  }
  return not_scanned(shorten(said, 200));
}

}  // namespace releve::main
