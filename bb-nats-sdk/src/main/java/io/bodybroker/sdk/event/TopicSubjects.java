package io.bodybroker.sdk.event;

import com.google.protobuf.Descriptors.Descriptor;
import io.bodybroker.sdk.v1.ContractProto;
import java.util.regex.Pattern;

/**
 * The subjects of one type of event that has topics.
 *
 * @param declared the subject that its contract declares
 */
record TopicSubjects(String declared) {
  private static final String TOKEN = "[A-Za-z0-9_-]+";
  private static final Pattern TOPIC = Pattern.compile(TOKEN + "(\\." + TOKEN + ")*");
  private static final Pattern TOPICS =
      Pattern.compile(">|(" + TOKEN + "|\\*)(\\.(" + TOKEN + "|\\*))*(\\.>)?");

  /**
   * Those of a type.
   *
   * @throws IllegalArgumentException if its contract declares no subject, or no topics
   */
  static TopicSubjects of(Descriptor type, EventSubjects subjects) {
    if (!type.getOptions().getExtension(ContractProto.event).getTopics()) {
      throw new IllegalArgumentException(
          type.getFullName()
              + " has no topics (expected: topics: true in its option (bodybroker.sdk.v1.event))");
    }
    return new TopicSubjects(subjects.of(type));
  }

  /** What an event under this topic is published on. */
  String of(String topic) {
    return declared + "." + require("topic", TOPIC, topic, "tokens with dots between them");
  }

  /** What events are published on whose topics are like this. */
  String matching(String pattern) {
    return declared
        + "."
        + require("pattern", TOPICS, pattern, "tokens or '*' with dots between them, or '>' last");
  }

  /** The topic of an event that was published on a subject of these. */
  String topic(String subject) {
    return subject.substring(declared.length() + 1);
  }

  /** Whether an event of these is published on this subject. */
  boolean has(String subject) {
    return subject.startsWith(declared + ".");
  }

  private static String require(String what, Pattern form, String text, String expected) {
    if (!form.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "%s: \"%s\" (expected: %s)".formatted(what, text, expected));
    }
    return text;
  }
}
