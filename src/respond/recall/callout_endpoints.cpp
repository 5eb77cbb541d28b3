// SPDX-License-Identifier: EUPL-1.2
#include "foundation/api/bind.hpp"
#include "foundation/base/id.hpp"
#include "foundation/base/reach.hpp"
#include "foundation/base/text.hpp"
#include "respond/recall/endpoints.hpp"

namespace releve::recall {

using api::Method;
using api::Right;
using api::Session;

namespace {

struct FacilityPath {
  std::string facility;
};

struct RoomPath {
  std::string facility;
  std::string room;
};

struct CalledPath {
  std::string facility;
  std::string room;
  std::string called;
};

struct PersonalLink {
  std::string token;
};

struct Answer {
  std::string token;
  bool comes = false;
  std::optional<Instant> expected;
};

struct ChannelsView {
  std::string host;
  std::int64_t port = 0;
  MailSecurity security = MailSecurity::starttls;
  std::string user;
  bool has_password = false;
  std::string from;
  std::string url;
  bool has_secret = false;
};

struct ChannelsBody {
  std::string host;
  std::int64_t port = 0;
  MailSecurity security = MailSecurity::starttls;
  std::string user;
  std::optional<std::string> password;
  std::string from;
  std::string url;
  std::optional<std::string> secret;
};

struct ChannelTest {
  Channel channel = Channel::mail;
  std::string to;
};

struct ChannelTested {
  bool taken = false;
  std::string why;
};

constexpr Rules optional_line{.max_length = 2'000, .optional = true};
constexpr Rules secret_text{.max_length = 500, .optional = true};
constexpr Rules token_text{.min_length = 1, .max_length = 64};

constexpr auto describe(FacilityPath*) {
  return Fields{field<&FacilityPath::facility>("facility")};
}

constexpr auto describe(RoomPath*) {
  return Fields{field<&RoomPath::facility>("facility"), field<&RoomPath::room>("room")};
}

constexpr auto describe(CalledPath*) {
  return Fields{field<&CalledPath::facility>("facility"), field<&CalledPath::room>("room"),
                field<&CalledPath::called>("who was called")};
}

constexpr auto describe(PersonalLink*) {
  return Fields{field<&PersonalLink::token>("what stands behind the # of the link", token_text)};
}

constexpr auto describe(Answer*) {
  return Fields{field<&Answer::token>("what stands behind the # of the link", token_text),
                field<&Answer::comes>("on the way, or unavailable"),
                field<&Answer::expected>("when; absent: now", {.optional = true})};
}

constexpr auto describe(ChannelsView*) {
  return Fields{field<&ChannelsView::host>("mail server; empty: none"),
                field<&ChannelsView::port>("its port"),
                field<&ChannelsView::security>("how the talk is kept from others"),
                field<&ChannelsView::user>("who signs in there; empty: nobody"),
                field<&ChannelsView::has_password>("a password is kept; it is never given back"),
                field<&ChannelsView::from>("sender's address"),
                field<&ChannelsView::url>("gateway; empty: none"),
                field<&ChannelsView::has_secret>("what is posted is signed")};
}

constexpr auto describe(ChannelsBody*) {
  return Fields{field<&ChannelsBody::host>("mail server; empty: none", {.max_length = 253, .optional = true}),
                field<&ChannelsBody::port>("its port", {.minimum = 0, .maximum = 65'535, .optional = true}),
                field<&ChannelsBody::security>("how the talk is kept from others", {.optional = true}),
                field<&ChannelsBody::user>("who signs in there; empty: nobody", secret_text),
                field<&ChannelsBody::password>("absent: as it was", secret_text),
                field<&ChannelsBody::from>("sender's address", {.max_length = 254, .optional = true}),
                field<&ChannelsBody::url>("gateway; empty: none", optional_line),
                field<&ChannelsBody::secret>("signs what is posted; absent: as it was", secret_text)};
}

constexpr auto describe(ChannelTest*) {
  return Fields{field<&ChannelTest::channel>("by what"),
                field<&ChannelTest::to>("address or number", {.min_length = 1, .max_length = 254})};
}

constexpr auto describe(ChannelTested*) {
  return Fields{field<&ChannelTested::taken>("by the server or gateway"),
                field<&ChannelTested::why>("it was not")};
}

ChannelsView view_of(const ChannelSettings& settings) {
  const MailServer& mail = settings.mail;
  return {mail.host,
          mail.port,
          mail.security,
          mail.user,
          !mail.password.empty(),
          mail.from,
          settings.gateway.url,
          !settings.gateway.secret.empty()};
}

Result<ChannelTested> test_channel(const CalloutParts& parts, const Session& session, const ChannelTest& in) {
  const ChannelSettings settings = parts.channels.in_force();
  const bool mail = in.channel == Channel::mail;
  if (!settings.has(in.channel)) {
    return Error{ErrorKind::conflict, message("recall.no_channel"), "channel"};
  }
  const std::string to = mail ? in.to : tidy_phone(in.to);
  if (mail ? !is_mail_address(to) : to.empty()) {
    return Error{ErrorKind::invalid, message(mail ? "recall.bad_address" : "recall.bad_number"), "to"};
  }
  const auto say = [&](const char* code) { return parts.catalogue.say(session.language, code); };
  const auto fault = parts.deliver(settings, in.channel,
                                   {.id = mint_uuid(session.now),
                                    .to = to,
                                    .subject = say("recall.test.subject"),
                                    .text = say("recall.test.text"),
                                    .link = {},
                                    .facility = {},
                                    .at = session.now},
                                   {});
  return ChannelTested{!fault, fault ? shorten(fault->why, 300) : ""};
}

}  // namespace

std::vector<api::Endpoint> callout_endpoints(CalloutParts parts) {
  using api::on;
  const std::string room = "/facilities/{facility}/rooms/{room}";
  const auto asking = [](const Session& session) {
    return Asking{session.user, session.language, session.origin};
  };
  return {
      on(Method::get, "/facilities/{facility}/recall", Right::crisis, "Whom the plan says to call",
         [parts](const Session&, const FacilityPath& in) -> Result<CallChoices> {
           TRY(parts.facilities.find(in.facility));
           return parts.callouts.choices(in.facility);
         }),
      on(Method::get, room + "/callouts", Right::crisis, "Who was called from a room, and who answered what",
         [parts](const Session&, const RoomPath& in) -> Result<RecallView> {
           return parts.callouts.view(TRY(parts.rooms.find(in.facility, in.room)));
         }),
      on(Method::post, room + "/callouts/preview", Right::crisis, "Who would receive what; nothing is sent",
         [parts, asking](const Session& session, const CalloutOrder& in) -> Result<CalloutPreview> {
           return parts.callouts.preview(TRY(parts.rooms.find(in.facility, in.room)), in, asking(session));
         }),
      on(Method::post, room + "/callouts", Right::crisis, "Call people",
         [parts, asking](const Session& session, const CalloutOrder& in) -> Result<RecallView> {
           const crisis::Room found = TRY(parts.rooms.find(in.facility, in.room));
           TRY(parts.callouts.call(found, in, asking(session)));
           return parts.callouts.view(found);
         }),
      on(Method::post, room + "/callouts/remind", Right::crisis, "Call those once more who have not answered",
         [parts](const Session&, const RoomPath& in) -> Result<RecallView> {
           const crisis::Room found = TRY(parts.rooms.find(in.facility, in.room));
           TRY(parts.callouts.remind(found));
           return parts.callouts.view(found);
         }),
      on(Method::post, room + "/called/{called}/deputy", Right::crisis,
         "Call the next deputy of somebody who was called",
         [parts](const Session&, const CalledPath& in) -> Result<RecallView> {
           const crisis::Room found = TRY(parts.rooms.find(in.facility, in.room));
           TRY(parts.callouts.call_deputy(found, in.called));
           return parts.callouts.view(found);
         }),
      on(Method::post, "/answers/look", Right::anyone, "What a personal link is about",
         [parts](const Session& session, const PersonalLink& in) {
           return parts.callouts.open(in.token, session.peer);
         }),
      on(Method::post, "/answers", Right::anyone, "Answer by a personal link",
         [parts](const Session& session, const Answer& in) {
           return parts.callouts.answer(in.token, in.comes, in.expected, session.peer);
         }),
  };
}

std::vector<api::Endpoint> channel_endpoints(CalloutParts parts) {
  using api::on;
  return {
      api::of_instance(on(Method::get, "/settings/channels", Right::steer, "By what call-outs are sent",
                          [parts](const Session&, const api::Nothing&) -> Result<ChannelsView> {
                            return view_of(parts.channels.in_force());
                          })),
      api::of_instance(on(Method::post, "/settings/channels", Right::steer, "Set by what call-outs are sent",
                          [parts](const Session&, const ChannelsBody& in) -> Result<ChannelsView> {
                            const ChannelSettings wanted{
                                {in.host, in.port, in.security, in.user, {}, in.from}, {in.url, {}}};
                            return view_of(TRY(parts.channels.change(wanted, in.password, in.secret)));
                          })),
      api::of_instance(on(Method::post, "/settings/channels/test", Right::steer, "Send a test",
                          [parts](const Session& session, const ChannelTest& in) {
                            return test_channel(parts, session, in);
                          })),
  };
}

}  // namespace releve::recall
