package io.bodybroker.gateway.http;

import com.google.protobuf.Message;
import io.bodybroker.gateway.json.JsonCodec;
import io.bodybroker.gateway.problem.CallProblems;
import io.bodybroker.gateway.problem.HttpProblems;
import io.bodybroker.gateway.problem.Problem;
import io.bodybroker.gateway.problem.ProblemException;
import io.bodybroker.gateway.session.Guard;
import io.bodybroker.gateway.transcoding.HttpBinding;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.ResponseStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A stream of messages on its way to a client. It is as fast as the client reads: what is not yet
 * written is not yet fetched.
 *
 * <p>Used by one thread, but for {@link #stop}.
 */
final class StreamedReply implements Reply, AutoCloseable {
  private static final Logger LOG = System.getLogger(StreamedReply.class.getName());

  private final ResponseStream<? extends Message> stream;
  private final HttpBinding binding;
  private final StreamFormat format;
  private final StreamLimits limits;
  private final JsonCodec json;
  private final Guard guard;
  private final Consumer<StreamedReply> onClose;
  private Optional<? extends Message> first = Optional.empty();
  private boolean isEnded;
  private volatile boolean isStopped;

  StreamedReply(
      ResponseStream<? extends Message> stream,
      HttpBinding binding,
      StreamFormat format,
      StreamLimits limits,
      JsonCodec json,
      Guard guard,
      Consumer<StreamedReply> onClose) {
    this.stream = stream;
    this.binding = binding;
    this.format = format;
    this.limits = limits;
    this.json = json;
    this.guard = guard;
    this.onClose = onClose;
  }

  /**
   * Waits a moment for what comes first: if that is an error, it becomes the HTTP status of the
   * reply rather than the end of a stream.
   *
   * @throws ServiceException what came first
   */
  void awaitFirst(Duration patience) {
    if (stream.awaitNext(patience)) {
      first = stream.next();
      isEnded = first.isEmpty();
    }
  }

  @Override
  public int status() {
    return 200;
  }

  String mediaType() {
    return format.mediaType();
  }

  /** Ends it from another thread, because the gateway stops. */
  void stop() {
    isStopped = true;
    stream.close();
  }

  /**
   * Writes all of it.
   *
   * @param problems a problem as the client gets it
   * @throws IOException if the client cannot be written to
   * @throws ServiceException {@code CANCELLED} if the client is gone
   */
  void writeTo(OutputStream out, Function<Problem, byte[]> problems) throws IOException {
    out.write(format.begin());
    if (first.isEmpty()) {
      out.write(format.keepAlive());
    }
    try {
      while (!isEnded) {
        guard.check();
        writeNext(out);
      }
      out.write(format.end());
    } catch (ProblemException e) {
      out.write(format.failure(problems.apply(e.problem())));
    } catch (ServiceException e) {
      out.write(format.failure(problems.apply(problem(e))));
    }
  }

  private void writeNext(OutputStream out) throws IOException {
    Optional<? extends Message> next = first;
    first = Optional.empty();
    if (next.isEmpty()) {
      // Written in one go is what came in one go.
      if (!stream.awaitNext(Duration.ZERO)) {
        out.flush();
        if (!stream.awaitNext(limits.keepAlive())) {
          out.write(format.keepAlive());
          return;
        }
      }
      next = stream.next();
    }
    if (next.isPresent()) {
      write(next.get(), out);
    } else {
      isEnded = true;
    }
  }

  private void write(Message message, OutputStream out) throws IOException {
    byte[] text = text(message);
    if (text.length > limits.maxReply()) {
      throw HttpProblems.replyTooLarge(limits.maxReply());
    }
    String position = binding.method().resume().map(way -> way.positionOf(message)).orElse("");
    out.write(format.message(position, text));
  }

  private byte[] text(Message message) {
    try {
      return binding.response(json, message);
    } catch (IllegalStateException e) { // such as an Any of a type that nobody here knows
      String errorId = UUID.randomUUID().toString();
      LOG.log(Level.ERROR, "error " + errorId, e);
      throw new ProblemException(CallProblems.internal(errorId));
    }
  }

  private Problem problem(ServiceException error) {
    if (isStopped) {
      return HttpProblems.stopping().problem();
    }
    if (error.code() == ErrorCode.CANCELLED && Thread.currentThread().isInterrupted()) {
      throw error;
    }
    return CallProblems.of(error, binding.method().service());
  }

  @Override
  public void close() {
    stream.close();
    onClose.accept(this);
  }
}
