// SPDX-License-Identifier: EUPL-1.2
#include "respond/recall/delivery.hpp"

#include "foundation/base/encoding.hpp"
#include "respond/recall/recall_for_tests.hpp"
#include "respond/recall/sender.hpp"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <thread>

namespace releve::recall {
namespace {

struct Received {
  std::string kind;
  std::string from;
  std::string to;
  std::string text;
  bool tls = false;
};

constexpr auto describe(Received*) {
  return Fields{field<&Received::kind>("mail or post"), field<&Received::from>("sender, or signature"),
                field<&Received::to>("recipient, or time"), field<&Received::text>("as it came"),
                field<&Received::tls>("kept from others")};
}

struct Ports {
  std::int64_t plain = 0;
  std::int64_t guarded = 0;
  std::int64_t posts = 0;
  std::string certificate;
};

constexpr auto describe(Ports*) {
  return Fields{field<&Ports::plain>("mail server without anything"),
                field<&Ports::guarded>("with STARTTLS and a sign-in"),
                field<&Ports::posts>("receiver of posts"), field<&Ports::certificate>("of the guarded one")};
}

/// Real servers in a process of their own (outside_for_tests.py).
class Outside {
 public:
  Outside() {
    int in[2];
    int out[2];
    if (::pipe(in) != 0 || ::pipe(out) != 0) {
      throw EnvironmentFailure("no pipe");
    }
    child_ = ::fork();
    if (child_ == 0) {
      ::dup2(in[0], 0);
      ::dup2(out[1], 1);
      ::close(in[1]);
      ::close(out[0]);
      // Debian's own: another one on the path has not its packages.
      ::execl("/usr/bin/python3", "python3", RELEVE_SOURCE_DIR "/src/respond/recall/outside_for_tests.py",
              static_cast<char*>(nullptr));
      ::_exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    leash_ = in[1];
    said_ = ::fdopen(out[0], "r");
    const auto first = from_json<Ports>(line());
    EXPECT_TRUE(first.ok()) << "python3-aiosmtpd and openssl are needed: ./dev test installs them";
    ports = first.ok() ? *first : Ports{};
  }

  ~Outside() {
    ::close(leash_);
    ::waitpid(child_, nullptr, 0);
    std::fclose(said_);
  }

  Outside(const Outside&) = delete;
  Outside& operator=(const Outside&) = delete;

  /// The next thing that came; waits for it.
  Received next() {
    const std::string text = line();
    auto received = from_json<Received>(text);
    EXPECT_TRUE(received.ok()) << text;
    return received.ok() ? *received : Received{};
  }

  Ports ports;

 private:
  std::string line() {
    RELEVE_CHECK(said_ != nullptr, "the other side was begun");
    std::string text;
    for (int c = std::fgetc(said_); c != EOF && c != '\n'; c = std::fgetc(said_)) {
      text += static_cast<char>(c);
    }
    return text;
  }

  pid_t child_ = -1;
  int leash_ = -1;
  std::FILE* said_ = nullptr;
};

/// Takes whoever connects, and says nothing.
class SilentServer {
 public:
  SilentServer() : listening_(::socket(AF_INET, SOCK_STREAM, 0)) {
    RELEVE_CHECK(listening_ >= 0, "there is a socket left");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(listening_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::listen(listening_, SOMAXCONN), 0);
    EXPECT_EQ(::getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port = ntohs(address.sin_port);
  }

  ~SilentServer() { ::close(listening_); }

  SilentServer(const SilentServer&) = delete;
  SilentServer& operator=(const SilentServer&) = delete;

  std::int64_t port = 0;

 private:
  int listening_;
};

Parcel a_parcel(const std::string& to) {
  return {.id = "0199-1",
          .to = to,
          .subject = "CH de Vauclair : vous êtes rappelé(e) — cyberattaque, tous les services sont concernés",
          .text = "Cyberattaque à 02:07.\nRépondez : https://releve.example/answer#abc",
          .link = "https://releve.example/answer#abc",
          .facility = "CH de Vauclair",
          .reminder = false,
          .at = store::test_now};
}

class delivery : public testing::Test {
 protected:
  static void SetUpTestSuite() { outside = std::make_unique<Outside>(); }

  static void TearDownTestSuite() { outside.reset(); }

  static ChannelSettings plain() {
    return {{"127.0.0.1", outside->ports.plain, MailSecurity::none, "", "", "alerte@chu.example"}, {}};
  }

  static ChannelSettings guarded(const std::string& password) {
    return {{"localhost", outside->ports.guarded, MailSecurity::starttls, "alerte", password,
             "alerte@chu.example"},
            {}};
  }

  static ChannelSettings posts(const std::string& path, const std::string& secret = {}) {
    return {{}, {"http://127.0.0.1:" + std::to_string(outside->ports.posts) + path, secret}};
  }

  static std::unique_ptr<Outside> outside;
};

std::unique_ptr<Outside> delivery::outside;

TEST_F(delivery, a_mail_arrives_as_it_was_written) {
  const auto fault = deliver_by_network()(plain(), Channel::mail, a_parcel("e.martin@chu.example"), {});
  ASSERT_FALSE(fault) << fault->why;
  const Received mail = outside->next();
  EXPECT_EQ(mail.to, "e.martin@chu.example");
  EXPECT_EQ(mail.from, "alerte@chu.example");
  EXPECT_NE(mail.text.find("Subject: =?UTF-8?B?"), std::string::npos);
  EXPECT_NE(mail.text.find("Date: Wed, 18 Nov 2026"), std::string::npos) << mail.text;
  std::string body = mail.text.substr(mail.text.find("\r\n\r\n") + 4);
  EXPECT_EQ(body, to_base64(a_parcel("").text).substr(0, 76) + "\r\n" +
                      to_base64(a_parcel("").text).substr(76) + "\r\n");
  for (std::size_t at = 0; at < mail.text.size();) {
    const std::size_t end = mail.text.find("\r\n", at);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - at, 78U) << mail.text.substr(at, end - at);
    at = end + 2;
  }
}

TEST_F(delivery, a_guarded_server_is_talked_to_in_secret_and_only_when_it_is_the_right_one) {
  const Deliver deliver = deliver_by_network(outside->ports.certificate);
  const auto fault = deliver(guarded("secret"), Channel::mail, a_parcel("p@chu.example"), {});
  ASSERT_FALSE(fault) << fault->why;
  EXPECT_TRUE(outside->next().tls);
  const auto wrong = deliver(guarded("wrong"), Channel::mail, a_parcel("p@chu.example"), {});
  ASSERT_TRUE(wrong);
  EXPECT_FALSE(wrong->for_good) << "an operator can mend it: " << wrong->why;
  EXPECT_TRUE(deliver_by_network()(guarded("secret"), Channel::mail, a_parcel("p@chu.example"), {}))
      << "a certificate that nobody vouches for";
  ChannelSettings in_the_clear = plain();
  in_the_clear.mail.security = MailSecurity::starttls;
  EXPECT_TRUE(deliver(in_the_clear, Channel::mail, a_parcel("p@chu.example"), {}))
      << "a server without STARTTLS is not spoken to in the clear";
}

TEST_F(delivery, what_a_mail_server_refuses_is_told_with_its_words) {
  const auto refused = deliver_by_network()(plain(), Channel::mail, a_parcel("refused@chu.example"), {});
  ASSERT_TRUE(refused);
  EXPECT_TRUE(refused->for_good) << refused->why;
  EXPECT_NE(refused->why.find("550"), std::string::npos) << refused->why;
  const auto busy = deliver_by_network()(plain(), Channel::mail, a_parcel("busy@chu.example"), {});
  ASSERT_TRUE(busy);
  EXPECT_FALSE(busy->for_good) << busy->why;
  ChannelSettings nobody = plain();
  nobody.mail.port = 1;
  const auto away = deliver_by_network()(nobody, Channel::mail, a_parcel("p@chu.example"), {});
  ASSERT_TRUE(away);
  EXPECT_FALSE(away->for_good);
  EXPECT_TRUE(away->nobody_there) << away->why;
  EXPECT_FALSE(busy->nobody_there);
}

TEST_F(delivery, a_gateway_is_posted_a_signed_text) {
  const Parcel parcel = a_parcel("0611111111");
  const auto fault = deliver_by_network()(posts("/ok", "key"), Channel::gateway, parcel, {});
  ASSERT_FALSE(fault) << fault->why;
  const Received post = outside->next();
  EXPECT_EQ(post.text, posting_of(parcel));
  EXPECT_NE(post.text.find(R"("to":"0611111111")"), std::string::npos) << post.text;
  EXPECT_EQ(post.from, "sha256=" + hmac_sha256("key", post.to + "." + post.text));
  const auto gone = deliver_by_network()(posts("/gone"), Channel::gateway, parcel, {});
  ASSERT_TRUE(gone);
  EXPECT_TRUE(gone->for_good);
  EXPECT_EQ(gone->why, "HTTP 404");
  outside->next();
  const auto busy = deliver_by_network()(posts("/busy"), Channel::gateway, parcel, {});
  ASSERT_TRUE(busy);
  EXPECT_FALSE(busy->for_good);
  EXPECT_TRUE(busy->asks_to_wait);
  outside->next();
  const auto down = deliver_by_network()(posts("/down"), Channel::gateway, parcel, {});
  ASSERT_TRUE(down);
  EXPECT_FALSE(down->for_good);
  outside->next();
}

TEST_F(delivery, a_server_that_says_nothing_is_left_when_the_process_ends) {
  const SilentServer silent;
  ChannelSettings settings = plain();
  settings.mail.port = silent.port;
  const auto begin = std::chrono::steady_clock::now();
  std::optional<Undelivered> fault;
  {
    std::jthread waiting([&](const std::stop_token& stop) {
      fault = deliver_by_network()(settings, Channel::mail, a_parcel("p@chu.example"), stop);
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
  }
  EXPECT_TRUE(fault);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

/// From the order to the answer, by real servers.
class sending : public RecallTest {
 protected:
  template <class Seen>
  bool soon(Seen seen) {
    for (int i = 0; i < 300; ++i) {
      if (seen()) {
        return true;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
  }
};

RELEVE_ON_BOTH_ENGINES(sending);

TEST_P(sending, a_callout_reaches_its_people_and_one_that_fails_stops_nobody) {
  Outside outside;
  directory_of(
      "Nom;Service;Mobile;Courriel\n"
      "BON;Réa;;bon@chu.example\n"
      "PARTI;Réa;;refused@chu.example\n"
      "MOBILE;Réa;0611111111;\n");
  set_channels({"127.0.0.1", outside.ports.plain, MailSecurity::none, "", "", "alerte@chu.example"},
               {"http://127.0.0.1:" + std::to_string(outside.ports.posts) + "/ok", "key"});
  const crisis::Room at = activated();
  ASSERT_TRUE(call(at, order(at, {.groups = {{.unit = "Réa"}}})).ok());
  std::string trouble;
  const Sender sender({*callouts, *channels, time, deliver_by_network(),
                       [&](const std::string& what) { trouble = what; }, std::chrono::milliseconds(50)},
                      3);
  const auto ended = [&] {
    const auto people = callouts->view(at).people;
    return std::all_of(people.begin(), people.end(), [](const CalledRow& one) {
      return !one.sendings.empty() && one.sendings[0].state != SendingState::waiting;
    });
  };
  ASSERT_TRUE(soon(ended)) << trouble;
  EXPECT_EQ(person(at, "BON").sendings.at(0).state, SendingState::sent);
  EXPECT_EQ(person(at, "MOBILE").sendings.at(0).state, SendingState::sent);
  EXPECT_EQ(person(at, "PARTI").state, CallState::failed);
  EXPECT_NE(person(at, "PARTI").sendings.at(0).why.find("550"), std::string::npos);
  std::string posted;
  for (int i = 0; i < 2; ++i) {
    const Received received = outside.next();
    posted = received.kind == "post" ? received.text : posted;
  }
  const std::string link = person(at, "MOBILE").link;
  EXPECT_NE(posted.find(token_in(link)), std::string::npos) << "the link that came is the one that answers";
  EXPECT_TRUE(callouts->answer(token_in(link), true, {}, "x").ok());
}

TEST_P(sending, a_mail_server_that_says_nothing_keeps_no_text_message_waiting) {
  constexpr int people = 200;
  Outside outside;
  const SilentServer silent;
  std::string list = "Nom;Service;Mobile;Courriel\n";
  for (int i = 0; i < people; ++i) {
    const std::string n = std::to_string(100 + i);
    list += "NOM" + n + ";Réa;0611111" + n + ";nom" + n + "@chu.example\n";
  }
  directory_of(list);
  set_channels({"127.0.0.1", silent.port, MailSecurity::none, "", "", "alerte@chu.example"},
               {"http://127.0.0.1:" + std::to_string(outside.ports.posts) + "/ok", "key"});
  const crisis::Room at = activated();
  ASSERT_TRUE(call(at, order(at, {.groups = {{.unit = "Réa"}}})).ok());
  const auto begin = std::chrono::steady_clock::now();
  const Sender sender({*callouts, *channels, time, deliver_by_network(), [](const std::string&) {},
                       std::chrono::milliseconds(50)},
                      2);
  for (int i = 0; i < people; ++i) {
    ASSERT_EQ(outside.next().kind, "post");
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

}  // namespace
}  // namespace releve::recall
