/*
 * The echo of `bb bench rpc` with the NATS C client (nats.c), without anything between it and the
 * benchmark: the limit of what a client of NATS can do. It is not a JVM, but talks like one of the
 * benchmark's worker processes (io.bodybroker.bench.load.Worker): a line of name=value words each
 * way. It ends with its input. There is no heap like a JVM's whose use could be told, so it tells
 * none.
 *
 *   echo version        prints nats.c's version, which proves that its library is found
 *   echo serve <url>    answers each request with its own bytes; each line asks what it has used
 *   echo call <url>     each line is a load, and its answer what came of it
 *
 * By default a thread of nats.c sends what has gathered in a millisecond, so a call would take two
 * of them. The other way is to send each message at once, with a call of the system each. Neither
 * is the better one for all loads, so each end has a connection of either kind, and the caller uses
 * the one that suits the load. All else is as nats.c has it by default.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <nats/nats.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* How messages are sent, and the subject of those who do so. */
enum { AT_ONCE, GATHERED, WAYS };
static const char *const SUBJECTS[WAYS] = {"nats-c.echo.at-once", "nats-c.echo.gathered"};

/* With so many calls under way a millisecond gathers enough to make up for it. */
#define MANY 256

#define TIMEOUT_MILLIS 2000
#define MILLI 1000000LL
#define SECOND 1000000000LL

/* A thread has little to do, and there are up to 1,024 of them. */
#define STACK (256 * 1024)

static void fail(const char *what, const char *why) {
  fprintf(stderr, "echo: %s: %s\n", what, why);
  exit(1);
}

static void check(natsStatus status, const char *what) {
  if (status != NATS_OK) fail(what, natsStatus_GetText(status));
}

static long long now(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return time.tv_sec * SECOND + time.tv_nsec;
}

static struct timespec timespec_of(long long nanos) {
  return (struct timespec){.tv_sec = nanos / SECOND, .tv_nsec = nanos % SECOND};
}

static void *allocate(size_t count, size_t size) {
  void *memory = calloc(count, size);
  if (memory == NULL) fail("memory", strerror(errno));
  return memory;
}

/* -- Latencies ---------------------------------------------------------------------------------
 *
 * The buckets of an HdrHistogram with three digits: values below 2,048 have one each, and each
 * power of two above has 1,024. They are told as the least value of each with how many it has, so
 * the benchmark's own histogram of them is the same as if it had recorded the latencies.
 */
#define LONGEST (60 * SECOND) /* what takes longer counts as this long */
#define BUCKETS (27 * 1024)

typedef struct {
  atomic_llong calls, errors;
  atomic_llong buckets[BUCKETS];
} Counts;

static void record(Counts *counts, long long nanos) {
  long long value = nanos < LONGEST ? nanos : LONGEST;
  int shift = value < 2048 ? 0 : 53 - __builtin_clzll((unsigned long long)value);
  atomic_fetch_add_explicit(&counts->buckets[shift * 1024 + (value >> shift)], 1,
                            memory_order_relaxed);
  atomic_fetch_add_explicit(&counts->calls, 1, memory_order_relaxed);
}

static void print(Counts *counts) {
  const char *comma = "";
  for (int i = 0; i < BUCKETS; i++) {
    long long count = atomic_load(&counts->buckets[i]);
    if (count == 0) continue;
    int shift = i < 2048 ? 0 : i / 1024 - 1;
    printf("%s%lld:%lld", comma, (long long)(i - shift * 1024) << shift, count);
    comma = ",";
  }
}

/* -- Loads ------------------------------------------------------------------------------------- */

typedef struct {
  natsConnection *connection;
  const char *subject;
  const void *payload;
  int bytes, number;  /* as in io.bodybroker.bench.load.Load */
  long long nanos;    /* for how long */
  long long begin, end;
  Counts *counts;
  pthread_barrier_t ready; /* blocking: all callers are there */
  natsInbox *inbox;        /* else: answers arrive at inbox.<turn> */
  long long *since;        /* when each turn was begun, or was due */
  atomic_int left;         /* turns that have not ended */
  sem_t ended, unsubscribed;
} Load;

/*
 * One caller, who waits for an answer before calling again. A thread that the system starts late
 * makes one call nevertheless.
 */
static void *caller(void *closure) {
  Load *load = closure;
  pthread_barrier_wait(&load->ready);
  long long before = now(CLOCK_MONOTONIC);
  do {
    natsMsg *reply = NULL;
    natsStatus status = natsConnection_Request(&reply, load->connection, load->subject,
                                               load->payload, load->bytes, TIMEOUT_MILLIS);
    natsMsg_Destroy(reply);
    long long after = now(CLOCK_MONOTONIC);
    if (status == NATS_OK) {
      record(load->counts, after - before);
    } else {
      atomic_fetch_add(&load->counts->errors, 1);
    }
    before = after;
  } while (before < load->end);
  return NULL;
}

static void start_clock(Load *load) {
  load->begin = now(CLOCK_MONOTONIC);
  load->end = load->begin + load->nanos;
}

/*
 * So many callers, a thread of the system each: C has no lighter ones, and fewer threads would be
 * fewer callers. They are made before the clock starts.
 */
static void blocking(Load *load) {
  pthread_t *threads = allocate((size_t)load->number, sizeof *threads);
  pthread_attr_t small;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, STACK);
  pthread_barrier_init(&load->ready, NULL, (unsigned)load->number + 1);
  for (int i = 0; i < load->number; i++) {
    int error = pthread_create(&threads[i], &small, caller, load);
    if (error != 0) fail("thread", strerror(error));
  }
  start_clock(load);
  pthread_barrier_wait(&load->ready);
  for (int i = 0; i < load->number; i++) pthread_join(threads[i], NULL);
  pthread_barrier_destroy(&load->ready);
  pthread_attr_destroy(&small);
  free(threads);
}

static void end_turn(Load *load) {
  if (atomic_fetch_sub(&load->left, 1) == 1) sem_post(&load->ended);
}

/* Begins the call of a turn; one that cannot be sent has failed, and so ends the turn. */
static void begin_turn(Load *load, long turn, long long since) {
  char reply[128];
  snprintf(reply, sizeof reply, "%s.%ld", load->inbox, turn);
  load->since[turn] = since;
  if (natsConnection_PublishRequest(load->connection, load->subject, reply,
                                    load->payload, load->bytes) != NATS_OK) {
    atomic_fetch_add(&load->counts->errors, 1);
    end_turn(load);
  }
}

/* Notes what came of a call, and which turn's it was. */
static long answered(Load *load, natsMsg *message) {
  long turn = strtol(strrchr(natsMsg_GetSubject(message), '.') + 1, NULL, 10);
  if (natsMsg_IsNoResponders(message)) {
    atomic_fetch_add(&load->counts->errors, 1);
  } else {
    record(load->counts, now(CLOCK_MONOTONIC) - load->since[turn]);
  }
  natsMsg_Destroy(message);
  return turn;
}

static void call_again(natsConnection *c, natsSubscription *s, natsMsg *message, void *closure) {
  (void)c, (void)s;
  Load *load = closure;
  long turn = answered(load, message);
  long long time = now(CLOCK_MONOTONIC);
  if (time < load->end) {
    begin_turn(load, turn, time);
  } else {
    end_turn(load);
  }
}

static void call_once(natsConnection *c, natsSubscription *s, natsMsg *message, void *closure) {
  (void)c, (void)s;
  answered(closure, message);
  end_turn(closure);
}

static void unsubscribed(void *closure) { sem_post(&((Load *)closure)->unsubscribed); }

static void begin_at_once(Load *load, int turns) {
  for (int turn = 0; turn < turns; turn++) begin_turn(load, turn, now(CLOCK_MONOTONIC));
}

/* Since latencies count from when a call was due, a late thread or a full socket is not hidden. */
static void begin_when_due(Load *load, int turns) {
  for (int turn = 0; turn < turns; turn++) {
    long long due = load->begin + turn * SECOND / load->number;
    struct timespec time = timespec_of(due);
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL) == EINTR) continue;
    begin_turn(load, turn, due);
  }
}

/* Calls whose answers a thread of the client takes, on an inbox of the load's own. */
static void on_inbox(Load *load, int turns, natsMsgHandler handler, void (*begin)(Load *, int)) {
  natsSubscription *subscription = NULL;
  char inboxes[128];
  check(natsInbox_Create(&load->inbox), "inbox");
  snprintf(inboxes, sizeof inboxes, "%s.*", load->inbox);
  load->since = allocate((size_t)turns, sizeof *load->since);
  atomic_init(&load->left, turns);
  sem_init(&load->ended, 0, 0);
  sem_init(&load->unsubscribed, 0, 0);
  check(natsConnection_Subscribe(&subscription, load->connection, inboxes, handler, load),
        "subscribe");
  check(natsSubscription_SetPendingLimits(subscription, -1, -1), "limits");
  check(natsSubscription_SetOnCompleteCB(subscription, unsubscribed, load), "callback");

  start_clock(load);
  begin(load, turns);
  struct timespec latest = timespec_of(load->end + TIMEOUT_MILLIS * MILLI);
  int status;
  do {
    status = sem_clockwait(&load->ended, CLOCK_MONOTONIC, &latest);
  } while (status != 0 && errno == EINTR);

  /* The handler still has the load until the subscription has ended. */
  check(natsSubscription_Unsubscribe(subscription), "unsubscribe");
  while (sem_wait(&load->unsubscribed) && errno == EINTR) continue;
  if (status != 0) atomic_fetch_add(&load->counts->errors, atomic_load(&load->left));
  natsSubscription_Destroy(subscription);
  natsInbox_Destroy(load->inbox);
  sem_destroy(&load->ended);
  sem_destroy(&load->unsubscribed);
  free(load->since);
}

static void run(natsConnection *const *connections, const char *line) {
  char style[16];
  int millis;
  Load load = {0};
  if (sscanf(line, "style=%15s bytes=%d number=%d millis=%d", style, &load.bytes, &load.number,
             &millis) != 4) {
    fail("not a load", line);
  }
  int way = strcmp(style, "ASYNC") == 0 && load.number >= MANY ? GATHERED : AT_ONCE;
  load.connection = connections[way];
  load.subject = SUBJECTS[way];
  load.nanos = millis * MILLI;
  load.counts = allocate(1, sizeof *load.counts);
  void *payload = allocate((size_t)load.bytes + 1, 1);
  load.payload = payload;
  long long used = now(CLOCK_PROCESS_CPUTIME_ID);
  if (strcmp(style, "BLOCKING") == 0) {
    blocking(&load);
  } else if (strcmp(style, "ASYNC") == 0) {
    on_inbox(&load, load.number, call_again, begin_at_once);
  } else if (strcmp(style, "OPEN") == 0) {
    int calls = (int)(load.number * load.nanos / SECOND);
    on_inbox(&load, calls > 0 ? calls : 1, call_once, begin_when_due);
  } else {
    fail("not a style", style);
  }
  long long nanos = now(CLOCK_MONOTONIC) - load.begin;
  used = now(CLOCK_PROCESS_CPUTIME_ID) - used;
  printf("> calls=%lld errors=%lld nanos=%lld cpu=%lld allocated=0 counts=",
         atomic_load(&load.counts->calls), atomic_load(&load.counts->errors), nanos, used);
  print(load.counts);
  printf("\n");
  free(payload);
  free(load.counts);
}

/* -- Ends of the service ----------------------------------------------------------------------- */

static void serve(natsConnection *connection, natsSubscription *s, natsMsg *message, void *none) {
  (void)s, (void)none;
  natsStatus status = natsConnection_Publish(connection, natsMsg_GetReply(message),
                                             natsMsg_GetData(message),
                                             natsMsg_GetDataLength(message));
  if (status != NATS_OK) fprintf(stderr, "echo: answer: %s\n", natsStatus_GetText(status));
  natsMsg_Destroy(message);
}

static natsConnection *connect_to(const char *url, int way) {
  natsOptions *options = NULL;
  natsConnection *connection = NULL;
  check(natsOptions_Create(&options), "options");
  check(natsOptions_SetURL(options, url), url);
  check(natsOptions_SetSendAsap(options, way == AT_ONCE), "options");
  check(natsConnection_Connect(&connection, options), url);
  natsOptions_Destroy(options);
  return connection;
}

static natsSubscription *serve_on(natsConnection *connection, const char *subject) {
  natsSubscription *subscription = NULL;
  check(natsConnection_QueueSubscribe(&subscription, connection, subject, "workers", serve, NULL),
        "subscribe");
  check(natsSubscription_SetPendingLimits(subscription, -1, -1), "limits");
  check(natsConnection_Flush(connection), "flush");
  return subscription;
}

int main(int count, char **words) {
  if (count == 2 && strcmp(words[1], "version") == 0) {
    printf("%s\n", nats_GetVersion());
    return 0;
  }
  if (count != 3 || (strcmp(words[1], "serve") != 0 && strcmp(words[1], "call") != 0)) {
    fail("usage", "echo version | serve <url> | call <url>");
  }
  int is_server = strcmp(words[1], "serve") == 0;
  natsConnection *connections[WAYS] = {NULL};
  natsSubscription *subscriptions[WAYS] = {NULL};
  for (int way = 0; way < WAYS; way++) {
    connections[way] = connect_to(words[2], way);
    if (is_server) subscriptions[way] = serve_on(connections[way], SUBJECTS[way]);
  }
  printf("> address=%s\n", words[2]);
  fflush(stdout);
  char *line = NULL;
  size_t size = 0;
  while (getline(&line, &size, stdin) > 0) {
    if (is_server) {
      printf("> cpu=%lld allocated=0\n", now(CLOCK_PROCESS_CPUTIME_ID));
    } else {
      run(connections, line);
    }
    fflush(stdout);
  }
  free(line);
  for (int way = 0; way < WAYS; way++) {
    natsSubscription_Destroy(subscriptions[way]);
    natsConnection_Destroy(connections[way]);
  }
  nats_Close();
  return 0;
}
