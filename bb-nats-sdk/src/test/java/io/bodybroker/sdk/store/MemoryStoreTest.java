package io.bodybroker.sdk.store;

import com.google.protobuf.Message;
import org.junit.jupiter.api.Nested;

/** The contract, kept by the store in memory; it has no server that could be away. */
class MemoryStoreTest {
  private static final class Fixture implements StoreFixture {
    @Override
    public <T extends Message> Store<T> open(T defaultInstance) {
      return MemoryStores.open(defaultInstance);
    }

    @Override
    public void kill() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void restart() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void pause() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void resume() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  @Nested
  class Operations extends StoreContract {
    Operations() {
      super(new Fixture());
    }
  }

  @Nested
  class Watches extends WatchContract {
    Watches() {
      super(new Fixture());
    }
  }
}
