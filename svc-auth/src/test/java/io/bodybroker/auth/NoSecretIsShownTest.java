package io.bodybroker.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.auth.v1.AuthClient;
import io.bodybroker.auth.v1.RevokeSessionRequest;
import io.bodybroker.auth.v1.RotateSessionRequest;
import io.bodybroker.auth.v1.SignInRequest;
import io.bodybroker.auth.v1.ValidateSessionRequest;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.testing.MovableTime;
import io.bodybroker.sdk.testing.RunningService;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamInfoOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** All that is written anywhere while sessions begin, are used, end, and fail in every way. */
@TestServers(scope = TestServers.Scope.METHOD)
class NoSecretIsShownTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final Logger ROOT = Logger.getLogger("");

  private final Queue<String> written = new ConcurrentLinkedQueue<>();
  private final List<String> secrets = new ArrayList<>();
  private final Handler everything = new Everything();
  private final Level level = ROOT.getLevel();

  private final class Everything extends Handler {
    private final SimpleFormatter formatter = new SimpleFormatter();

    Everything() {
      setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord line) {
      written.add(formatter.format(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void listen() {
    ROOT.addHandler(everything);
    ROOT.setLevel(Level.ALL);
  }

  @AfterEach
  void stopListening() {
    ROOT.removeHandler(everything);
    ROOT.setLevel(level);
  }

  @Test
  void whateverHappens(NatsServer nats, RedisServer redis, @TempDir Path directory)
      throws Exception {
    var issuer = TestIssuer.create();
    var time = MovableTime.still();
    var described =
        RunningService.of(() -> new AuthModule(issuer.settings(directory)))
            .instances(1)
            .clock(time)
            .config(config -> config.callTimeout(Duration.ofSeconds(2)));
    try (var service = described.start(nats, redis)) {
      var auth = AuthClient.on(service.bus());

      var ticket = secret(issuer.ticket("ada", "1", time.instant()));
      var token = secret(auth.signIn(signIn(ticket)).getToken());
      assertThat(auth.validateSession(validate(token)).getValid()).isTrue();
      var fresh = secret(auth.rotateSession(rotate(token)).getToken());
      assertThat(auth.validateSession(validate(token)).getValid()).isFalse();
      assertThat(auth.revokeSession(revoke(fresh)).getRevoked()).isTrue();

      fails(ErrorCode.UNAUTHENTICATED, () -> auth.signIn(signIn(ticket)));
      fails(ErrorCode.UNAUTHENTICATED, () -> auth.rotateSession(rotate(token)));
      var forged = secret(TestIssuer.create().ticket("ada", "2", time.instant()));
      fails(ErrorCode.UNAUTHENTICATED, () -> auth.signIn(signIn(forged)));
      var old = secret(issuer.ticket("ada", "3", time.instant().minusSeconds(3600)));
      fails(ErrorCode.UNAUTHENTICATED, () -> auth.signIn(signIn(old)));
      fails(ErrorCode.INVALID_ARGUMENT, () -> auth.signIn(signIn(ticket.repeat(20))));
      fails(ErrorCode.INVALID_ARGUMENT, () -> auth.validateSession(validate(token.repeat(9))));

      // What nobody waits for, and what cannot be read, becomes a dead letter.
      var raw = service.observer();
      raw.publish("svc.auth.v1.sign_in", signIn(forged).toByteArray());
      raw.publish("svc.auth.v1.rotate_session", rotate(token).toByteArray());
      raw.publish(
          "svc.auth.v1.sign_in", (ticket + " is no request").getBytes(StandardCharsets.UTF_8));
      var management = raw.jetStreamManagement();
      Await.until(
          BOUND,
          "three dead letters",
          () ->
              management.getStreamNames().contains("DLQ")
                  && management.getStreamInfo("DLQ").getStreamState().getMsgCount() == 3);

      redis.kill();
      fails(ErrorCode.UNAVAILABLE, () -> auth.validateSession(validate(token)));
      fails(
          ErrorCode.UNAVAILABLE,
          () -> auth.signIn(signIn(secret(issuer.ticket("ada", "4", time.instant())))));

      written.add(service.instances().getFirst().bus().metrics().text());
      for (String stream : management.getStreamNames()) {
        readAll(management, stream);
      }
    }
    assertNothingIsShown();
  }

  /** Every message that is there; of those that were superseded only their numbers are left. */
  private void readAll(JetStreamManagement management, String stream) throws Exception {
    var state = management.getStreamInfo(stream, StreamInfoOptions.allSubjects()).getStreamState();
    for (var subject : state.getSubjects()) {
      var message = management.getLastMessage(stream, subject.getName());
      written.add(shown(message));
    }
    for (long i = 1; stream.equals("DLQ") && i <= state.getLastSequence(); i++) {
      written.add(shown(management.getMessage(stream, i)));
    }
  }

  private static String shown(MessageInfo message) {
    byte[] data = message.getData() == null ? new byte[0] : message.getData();
    return message.getSubject()
        + message.getHeaders()
        + new String(data, StandardCharsets.ISO_8859_1);
  }

  private void assertNothingIsShown() {
    assertThat(written).as("lines, errors, letters, metrics").hasSizeGreaterThan(20);
    assertThat(written)
        .anyMatch(text -> text.contains("secret fields of the request are not kept"));
    for (String text : written) {
      for (String secret : secrets) {
        // Of a token or ticket no part that is worth anything.
        var part = secret.substring(secret.length() - 40);
        assertThat(text).doesNotContain(part);
      }
    }
  }

  private String secret(String text) {
    secrets.add(text);
    return text;
  }

  private void fails(ErrorCode code, Executable call) {
    try {
      call.execute();
    } catch (ServiceException e) {
      assertThat(e.code()).as(e.message()).isEqualTo(code);
      var trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace, true));
      written.add(trace + " " + e.fieldViolations() + e.details());
      return;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("did not fail");
  }

  private static SignInRequest signIn(String ticket) {
    return SignInRequest.newBuilder().setTicket(ticket).build();
  }

  private static ValidateSessionRequest validate(String token) {
    return ValidateSessionRequest.newBuilder().setToken(token).build();
  }

  private static RotateSessionRequest rotate(String token) {
    return RotateSessionRequest.newBuilder().setToken(token).build();
  }

  private static RevokeSessionRequest revoke(String token) {
    return RevokeSessionRequest.newBuilder().setToken(token).build();
  }
}
