package io.bodybroker.gateway;

import io.bodybroker.gateway.test.v1.Book;
import io.bodybroker.gateway.test.v1.CreateBookRequest;
import io.bodybroker.gateway.test.v1.Everything;
import io.bodybroker.gateway.test.v1.FindByNameRequest;
import io.bodybroker.gateway.test.v1.GetBookRequest;
import io.bodybroker.gateway.test.v1.LibraryClient;
import io.bodybroker.gateway.test.v1.LibraryService;
import io.bodybroker.gateway.test.v1.ListBooksRequest;
import io.bodybroker.gateway.test.v1.ListBooksResponse;
import io.bodybroker.gateway.test.v1.Page;
import io.bodybroker.gateway.test.v1.ReadBookRequest;
import io.bodybroker.gateway.test.v1.ReplaceBookRequest;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.rpc.ResponseWriter;
import io.bodybroker.sdk.rpc.RpcCaller;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A service whose answers depend on the request only: a book named like an error code is that
 * error.
 */
final class TestLibrary implements LibraryService {
  static final String SECRET = "jdbc:secret@10.0.0.7";

  /** A name whose book has a title longer than NATS carries. */
  static final String HUGE = "huge";

  /** What the last handler was told about its caller. */
  final AtomicReference<CallContext> lastCall = new AtomicReference<>();

  /** Holds requests for the book "slow" until opened. */
  final CountDownLatch slow = new CountDownLatch(1);

  final CountDownLatch slowEntered = new CountDownLatch(1);

  /** How many streams are being written. */
  final AtomicInteger streaming = new AtomicInteger();

  /** How many pages have been written to streams. */
  final AtomicLong written = new AtomicLong();

  /** What streams of loans tell next. */
  final BlockingQueue<String> loans = new LinkedBlockingQueue<>();

  private final RpcCaller caller;

  /**
   * A library.
   *
   * @param caller how it asks itself for a book it lends, as one service asks another
   */
  TestLibrary(RpcCaller caller) {
    this.caller = caller;
  }

  @Override
  public Book getBook(GetBookRequest request, CallContext call) {
    lastCall.set(call);
    String id = request.getBookId();
    if (id.equals("slow")) {
      awaitOpening();
    }
    failLike(id);
    return Book.newBuilder().setId(id).setTitle("Shelf " + request.getShelfId()).build();
  }

  private void awaitOpening() {
    slowEntered.countDown();
    try {
      slow.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ServiceException.of(ErrorCode.CANCELLED, "interrupted");
    }
  }

  @Override
  public ListBooksResponse listBooks(ListBooksRequest request, CallContext call) {
    return ListBooksResponse.newBuilder().addTitles("of " + request.getShelfId()).build();
  }

  @Override
  public Book createBook(CreateBookRequest request, CallContext call) {
    return request.getBook();
  }

  @Override
  public Book replaceBook(ReplaceBookRequest request, CallContext call) {
    lastCall.set(call);
    return request.getBook();
  }

  @Override
  public Book changeBook(ReplaceBookRequest request, CallContext call) {
    return request.getBook();
  }

  @Override
  public Book lendBook(GetBookRequest request, CallContext call) {
    return LibraryClient.on(caller).getBook(request).toBuilder().setTitle("lent").build();
  }

  @Override
  public Book deleteBook(GetBookRequest request, CallContext call) {
    return Book.newBuilder().setId(request.getBookId()).build();
  }

  @Override
  public Book findByName(FindByNameRequest request, CallContext call) {
    String name = request.getName();
    return Book.newBuilder().setTitle(name.equals(HUGE) ? name.repeat(1024 * 1024) : name).build();
  }

  @Override
  public Everything echo(Everything request, CallContext call) {
    return request;
  }

  @Override
  public void readBook(ReadBookRequest request, CallContext call, ResponseWriter<Page> pages) {
    lastCall.set(call);
    streaming.incrementAndGet();
    try {
      int last = request.hasPages() ? request.getPages() : Integer.MAX_VALUE;
      for (int number = request.getAfter() + 1; number <= last; number++) {
        pages.send(page(number, "p".repeat(request.getLength())));
        written.incrementAndGet();
      }
      failLike(request.getBookId());
    } finally {
      streaming.decrementAndGet();
    }
  }

  @Override
  public void followLoans(GetBookRequest request, CallContext call, ResponseWriter<Page> loans)
      throws InterruptedException {
    streaming.incrementAndGet();
    try {
      loans.send(page(0, "begin"));
      for (int number = 1; ; number++) {
        loans.send(page(number, this.loans.take()));
      }
    } finally {
      streaming.decrementAndGet();
    }
  }

  private static Page page(int number, String text) {
    return Page.newBuilder().setNumber(number).setText(text).build();
  }

  private static void failLike(String id) {
    if (id.equals("broken")) {
      throw new IllegalStateException(SECRET);
    }
    for (ErrorCode code : ErrorCode.values()) {
      if (id.equals(code.name())) {
        throw ServiceException.builder(code, "it is " + code).detail("book", id).build();
      }
    }
  }

  @Override
  public Book hidden(GetBookRequest request, CallContext call) {
    return Book.getDefaultInstance();
  }
}
