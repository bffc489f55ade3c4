package io.bodybroker.sdk.journal;

import com.google.protobuf.Message;
import io.bodybroker.sdk.internal.Keys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** A {@link Journal} in a list. */
final class MemoryJournal<T extends Message> implements Journal<T> {
  private final String name;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<JournalEntry<T>> entries = new ArrayList<>();
  private final Map<String, JournalEntry<T>> lastOfKey = new HashMap<>();

  MemoryJournal(String name) {
    this.name = name;
  }

  @Override
  public Optional<JournalEntry<T>> last(String key) {
    lock.lock();
    try {
      return Optional.ofNullable(lastOfKey.get(Keys.requireKey(key)));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<JournalEntry<T>> at(long position) {
    lock.lock();
    try {
      return position < 1 || position > entries.size()
          ? Optional.empty()
          : Optional.of(entries.get((int) position - 1));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long append(String key, long after, T entry) {
    return attempt(key, after, entry).orElseThrow(() -> Refusals.otherLast(name, key, after));
  }

  private Optional<Long> attempt(String key, long after, T entry) {
    lock.lock();
    try {
      if (last(key).map(JournalEntry::position).orElse(0L) != after) {
        return Optional.empty();
      }
      long position = entries.size() + 1L;
      var appended = new JournalEntry<>(key, entry, position);
      entries.add(appended);
      lastOfKey.put(key, appended);
      return Optional.of(position);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<JournalEntry<T>> append(
      String key, Function<Optional<JournalEntry<T>>, Optional<T>> next) {
    while (true) {
      Optional<JournalEntry<T>> last = last(key);
      Optional<T> entry = next.apply(last);
      if (entry.isEmpty()) {
        return Optional.empty();
      }
      var position = attempt(key, last.map(JournalEntry::position).orElse(0L), entry.get());
      if (position.isPresent()) {
        return at(position.get());
      }
    }
  }

  @Override
  public void read(long after, Reader<T> reader) {
    long end = extent().last();
    for (long position = Math.max(0, after) + 1; position <= end; position++) {
      at(position).ifPresent(reader::read);
    }
  }

  @Override
  public Extent extent() {
    lock.lock();
    try {
      return new Extent(entries.size(), entries.size());
    } finally {
      lock.unlock();
    }
  }
}
