package io.bodybroker.sdk.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Int64Value;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every journal does. */
abstract class JournalContract {
  private Journal<Int64Value> journal = MemoryJournals.open(Int64Value.getDefaultInstance());

  abstract Journal<Int64Value> open();

  static Int64Value number(long value) {
    return Int64Value.of(value);
  }

  static List<JournalEntry<Int64Value>> entries(Journal<Int64Value> journal, long after) {
    var entries = new ArrayList<JournalEntry<Int64Value>>();
    journal.read(after, entries::add);
    return entries;
  }

  @BeforeEach
  void prepare() {
    journal = open();
  }

  private static void assertAborts(Runnable operation) {
    var error = catchThrowableOfType(ServiceException.class, operation::run);
    assertThat(error.code()).isEqualTo(ErrorCode.ABORTED);
    assertThat(error.mayHaveExecuted()).isFalse();
  }

  @Test
  void hasNothingAtFirst() {
    assertThat(journal.last("a")).isEmpty();
    assertThat(journal.at(1)).isEmpty();
    assertThat(journal.at(0)).isEmpty();
    assertThat(journal.extent()).isEqualTo(new Journal.Extent(0, 0));
    assertThat(entries(journal, 0)).isEmpty();
  }

  @Test
  void appendsBehindTheLastEntryOfAKeyOnly() {
    long first = journal.append("a", 0, number(1));
    long second = journal.append("a", first, number(2));

    assertAborts(() -> journal.append("a", 0, number(9)));
    assertAborts(() -> journal.append("a", first, number(9)));
    assertAborts(() -> journal.append("b", first, number(9)));

    assertThat(journal.last("a")).contains(new JournalEntry<>("a", number(2), second));
    assertThat(journal.at(first)).contains(new JournalEntry<>("a", number(1), first));
    assertThat(journal.extent()).isEqualTo(new Journal.Extent(second, 2));
  }

  @Test
  void keepsKeysApart() {
    long first = journal.append("a", 0, number(1));
    long other = journal.append("a/b c", 0, number(2));
    long second = journal.append("a", first, number(3));

    assertThat(journal.last("a/b c")).contains(new JournalEntry<>("a/b c", number(2), other));
    assertThat(entries(journal, 0))
        .containsExactly(
            new JournalEntry<>("a", number(1), first),
            new JournalEntry<>("a/b c", number(2), other),
            new JournalEntry<>("a", number(3), second));
    assertThat(entries(journal, other)).hasSize(1);
    assertThat(entries(journal, second)).isEmpty();
  }

  @Test
  void letsEachOfManyWritersDecideOnWhatTheOneBeforeHasAppended() throws Exception {
    try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int writer = 0; writer < 10; writer++) {
        running.add(
            writers.submit(() -> {
              for (int i = 0; i < 10; i++) {
                journal.append(
                    "counter",
                    last ->
                        Optional.of(
                            number(last.map(entry -> entry.value().getValue()).orElse(0L) + 1)));
              }
            }));
      }
      for (Future<?> writer : running) {
        writer.get();
      }
    }

    assertThat(entries(journal, 0).stream().map(entry -> entry.value().getValue()))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 100).boxed().toList());
  }

  @Test
  void appendsNothingIfNothingIsToBe() {
    assertThat(journal.append("a", last -> Optional.empty())).isEmpty();
    assertThatThrownBy(() ->
            journal.append(
                "a",
                last -> {
                  throw new IllegalStateException("no");
                }))
        .hasMessage("no");
    assertThat(journal.last("a")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "a//b", "a/"})
  void refusesWhatIsNoKey(String key) {
    for (Runnable operation :
        List.<Runnable>of(
            () -> journal.last(key),
            () -> journal.append(key, 0, number(1)),
            () -> journal.append(key, last -> Optional.of(number(1))))) {
      var error = catchThrowableOfType(ServiceException.class, operation::run);
      assertThat(error.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
      assertThat(error.message()).contains("key");
    }
  }
}
