/* The load: holds connections that are logged in already, sends what it is told, counts each message
 * that arrives on each of them, exactly.
 *
 * load PROTOCOL FD,FD,...: PROTOCOL is "lines" (the floor), "irc", "nats" or "hobnob". Commands on
 * stdin, one answer line each on stdout:
 *
 *   flow IN_FLIGHT COUNT FILE   FILE holds COUNT messages of the first connection; a message is in
 *                               flight until every other connection has it
 *   paced MICROS COUNT FILE     one message each so many microseconds
 *   acks IN_FLIGHT COUNT FILE   messages of any connection, in flight until they are acknowledged
 *
 * FILE is a sequence of [u32 connection][u32 size][bytes]. The answer is
 *   deliveries, elapsed_ns, own_cpu_ns, then p50, p99 and max of the latency in microseconds;
 * or "error" and a reason. */

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { READ_BYTES = 1 << 18, READY_MAX = 256, SAMPLES_MAX = 1 << 22, CREDIT_PORTION = 131072 };
enum { PAGE = 16, PUSHED = 33, PONG_SECONDS = 20, PATIENCE_SECONDS = 60 };
enum protocol { LINES, IRC, NATS, HOBNOB };

struct connection {
    int fd, number, held_bytes;
    long got;  /* messages since the command began */
    long owed; /* page bytes that were taken and not given back as credit */
    unsigned char *held;
};

static enum protocol protocol;
static struct connection *all;
static int connections, poller;
static long deliveries, acks, refused, expected;
static int counting_acks;

/* Messages of the command: when each was sent, how many still miss it. */
static int64_t *sent_ns;
static int *missing;
static long sent, done;

static uint32_t *samples;
static long sampled, sample_turn, sample_every;

static void fail(const char *why) {
    printf("error %s\n", why);
    fflush(stdout);
    exit(1);
}

static int64_t clock_ns(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static void say(struct connection *c, const void *data, size_t size) {
    const char *rest = data;
    while (size) {
        ssize_t put = send(c->fd, rest, size, MSG_NOSIGNAL);
        if (put < 0 && errno == EAGAIN) continue;
        if (put < 0) fail("a connection was cut");
        rest += put;
        size -= put;
    }
}

static void sample(int64_t now, long message) {
    if (sample_turn++ % sample_every == 0 && sampled < SAMPLES_MAX) {
        int64_t micros = (now - sent_ns[message]) / 1000;
        samples[sampled++] = micros > UINT32_MAX ? UINT32_MAX : micros;
    }
}

/* One message has come to one connection. */
static void arrived(struct connection *c, int64_t now) {
    if (counting_acks || c->number == 0) return; /* the sender's own echo */
    long message = c->got++;
    if (message >= sent) fail("more came than was sent");
    deliveries++;
    sample(now, message);
    if (--missing[message] == 0)
        while (done < sent && missing[done] == 0) done++;
}

/* MessagePack, as much of it as counting takes; the hub is ours and sends it well formed. */

static uint64_t big(const unsigned char *at, int size) {
    uint64_t value = 0;
    while (size--) value = value << 8 | *at++;
    return value;
}

static const unsigned char *array_of(const unsigned char *at, long *items) {
    if ((*at & 0xf0) == 0x90) return *items = *at & 0x0f, at + 1;
    if (*at != 0xdc) fail("not an array");
    return *items = big(at + 1, 2), at + 3;
}

static const unsigned char *past(const unsigned char *at, long *size) {
    *size = 0;
    if (*at < 0x80 || *at >= 0xe0 || *at == 0xc0 || *at == 0xc2 || *at == 0xc3) return at + 1;
    if (*at >= 0xcc && *at <= 0xcf) return at + 1 + (1 << (*at - 0xcc));
    if ((*at & 0xe0) == 0xa0) return at + 1 + (*size = *at & 0x1f);
    if (*at == 0xc4 || *at == 0xd9) return at + 2 + (*size = at[1]);
    if (*at == 0xc5 || *at == 0xda) return at + 3 + (*size = big(at + 1, 2));
    if ((*at & 0xf0) == 0x90 || *at == 0xdc) {
        long items, each;
        at = array_of(at, &items);
        while (items--) at = past(at, &each);
        return at;
    }
    fail("an unknown type");
    return at;
}

static void page(struct connection *c, const unsigned char *at, int64_t now) {
    long items, size;
    at = past(past(at, &size), &size);
    at = array_of(at, &items);
    for (long i = 0; i < items; i += 2) {
        at = past(past(at, &size), &size);
        c->owed += size + 16;
        arrived(c, now);
    }
    if (c->owed >= CREDIT_PORTION) {
        /* CREDIT, in a binary frame under a mask of zeros. */
        unsigned char credit[] = {0x82, 0x87, 0, 0, 0, 0, 0x92, 19, 0xce, 0, 0, 0, 0};
        for (int i = 0; i < 4; i++) credit[9 + i] = c->owed >> (24 - 8 * i);
        say(c, credit, sizeof credit);
        c->owed = 0;
    }
}

static void acknowledged(const unsigned char *at, int64_t now) {
    long answers, fields, size;
    at = array_of(at, &answers);
    while (answers--) {
        const unsigned char *answer = at;
        answer = past(array_of(answer, &fields), &size);
        if (*answer != 0) refused++;
        at = past(at, &size);
        /* Answers of all connections: the latency is that of the oldest message still in flight. */
        if (counting_acks && acks < sent) sample(now, acks);
        acks++;
    }
    if (counting_acks) done = acks;
}

static const unsigned char *hobnob(struct connection *c, const unsigned char *at,
                                   const unsigned char *end, int64_t now) {
    while (end - at >= 2) {
        int head = at[1] == 126 ? 4 : 2;
        if (at[1] > 126) fail("an unexpected frame");
        if (end - at < head) break;
        long size = head == 4 ? (long)big(at + 2, 2) : at[1];
        if (end - at < head + size) break;
        if (at[0] == 0x88) fail("a connection was closed");
        const unsigned char *frame = at + head;
        if (at[0] == 0x82 && frame[1] == PAGE) page(c, frame + 2, now);
        if (at[0] == 0x82 && frame[1] == PUSHED) acknowledged(frame + 2, now);
        at += head + size;
    }
    return at;
}

static const unsigned char *lines(struct connection *c, const unsigned char *at,
                                  const unsigned char *end, int64_t now) {
    const unsigned char *stop;
    while ((stop = memchr(at, '\n', end - at)) != NULL) {
        long size = stop - at;
        if (protocol != LINES && size >= 4 && memcmp(at, "PING", 4) == 0) {
            say(c, "PONG", 4);
            say(c, at + 4, stop + 1 - at - 4);
        } else if (protocol == NATS) {
            if (memcmp(at, "MSG ", 4) == 0) {
                /* MSG subject sid size, then so many bytes. */
                const unsigned char *digits = stop - 1;
                while (digits > at && digits[-1] != ' ') digits--;
                long payload = atol((const char *)digits);
                if (end - (stop + 1) < payload + 2) return at;
                stop += payload + 2;
                arrived(c, now);
            }
        } else if (protocol == LINES || memmem(at, size, " PRIVMSG ", 9) != NULL) {
            arrived(c, now);
        } else if (memcmp(at, "ERROR", size < 5 ? size : 5) == 0) {
            fail("a connection was closed");
        }
        at = stop + 1;
    }
    return at;
}

static void take(struct connection *c) {
    static unsigned char data[2 * READ_BYTES];
    if (c->held_bytes) memcpy(data, c->held, c->held_bytes);
    ssize_t got = recv(c->fd, data + c->held_bytes, READ_BYTES, 0);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) fail("a connection was lost");
    int64_t now = clock_ns(CLOCK_MONOTONIC);
    const unsigned char *end = data + c->held_bytes + got;
    const unsigned char *at =
        protocol == HOBNOB ? hobnob(c, data, end, now) : lines(c, data, end, now);
    c->held_bytes = end - at;
    if (c->held_bytes > READ_BYTES) fail("a frame without an end");
    if (c->held_bytes) {
        c->held = realloc(c->held, c->held_bytes);
        memcpy(c->held, at, c->held_bytes);
    }
}

static int turn(int timeout_ms) {
    struct epoll_event ready[READY_MAX];
    int found = epoll_wait(poller, ready, READY_MAX, timeout_ms), command = 0;
    for (int i = 0; i < found; i++) {
        if (ready[i].data.ptr == NULL)
            command = 1;
        else
            take(ready[i].data.ptr);
    }
    return command;
}

static int smaller(const void *one, const void *other) {
    uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;
    return (a > b) - (a < b);
}

static unsigned char *contents(const char *path, long *size) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) fail("no file");
    fseek(file, 0, SEEK_END);
    *size = ftell(file);
    rewind(file);
    unsigned char *data = malloc(*size + 1);
    if (fread(data, 1, *size, file) != (size_t)*size) fail("an unreadable file");
    fclose(file);
    return data;
}

/* The next messages of one connection, up to `most`, in one write. */
static const unsigned char *send_next(const unsigned char *at, long most) {
    static unsigned char data[1 << 20];
    uint32_t number, next, size, used = 0;
    memcpy(&number, at, 4);
    if (number >= (uint32_t)connections) fail("no such connection");
    while (most-- > 0) {
        memcpy(&next, at, 4);
        memcpy(&size, at + 4, 4);
        if (next != number || used + size > sizeof data) break;
        memcpy(data + used, at + 8, size);
        used += size;
        at += 8 + size;
        missing[sent] = connections - 1;
        sent_ns[sent++] = clock_ns(CLOCK_MONOTONIC);
    }
    say(&all[number], data, used);
    return at;
}

static void answer(int64_t began_ns, int64_t cpu_ns) {
    int64_t elapsed = clock_ns(CLOCK_MONOTONIC) - began_ns;
    int64_t own = clock_ns(CLOCK_PROCESS_CPUTIME_ID) - cpu_ns;
    /* What comes now came once too often. */
    for (int i = 0; i < 5; i++) turn(10);
    long wanted = counting_acks ? 0 : expected * (connections - 1);
    if (deliveries != wanted || (counting_acks && acks != expected)) fail("a wrong count");
    if (refused) fail("a message was refused");
    qsort(samples, sampled, sizeof *samples, smaller);
    long last = sampled - 1;
    printf("%ld %lld %lld %u %u %u\n", counting_acks ? acks : deliveries, (long long)elapsed,
           (long long)own, samples[last / 2], samples[last * 99 / 100], samples[last]);
    fflush(stdout);
}

static void run(const char *what, long by, long count, const char *path) {
    long size;
    unsigned char *data = contents(path, &size);
    const unsigned char *next = data;
    sent_ns = calloc(count, sizeof *sent_ns);
    missing = calloc(count, sizeof *missing);
    sent = done = deliveries = acks = refused = sampled = sample_turn = 0;
    expected = count;
    counting_acks = strcmp(what, "acks") == 0;
    sample_every = 1 + (long)connections * count / SAMPLES_MAX;
    for (int i = 0; i < connections; i++) all[i].got = 0;
    int paced = strcmp(what, "paced") == 0;
    int64_t began = clock_ns(CLOCK_MONOTONIC), cpu = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
    int64_t moved = began;
    while (done < count) {
        long before = done;
        int64_t now = clock_ns(CLOCK_MONOTONIC);
        if (paced)
            while (sent < count && now >= began + sent * by * 1000LL) next = send_next(next, 1);
        else
            while (sent < count && sent - done < by) {
                long room = by - (sent - done), rest = count - sent;
                next = send_next(next, room < rest ? room : rest);
            }
        turn(paced ? 1 : 100);
        if (done != before) moved = now;
        if (now - moved > PATIENCE_SECONDS * 1000000000LL) fail("a message never came");
    }
    answer(began, cpu);
    free(data);
    free(sent_ns);
    free(missing);
}

static void stay(void) {
    /* PING 0, in a binary frame under a mask of zeros; other protocols' servers ask themselves. */
    static const unsigned char ping[] = {0x82, 0x83, 0, 0, 0, 0, 0x92, 48, 0};
    for (int i = 0; protocol == HOBNOB && i < connections; i++) say(&all[i], ping, sizeof ping);
}

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    const char *names[] = {"lines", "irc", "nats", "hobnob"};
    while (protocol < HOBNOB && strcmp(argv[1], names[protocol])) protocol++;
    poller = epoll_create1(0);
    samples = malloc(SAMPLES_MAX * sizeof *samples);
    connections = 1;
    for (char *at = argv[2]; *at; at++) connections += *at == ',';
    all = calloc(connections, sizeof *all);
    char *rest = argv[2];
    for (int i = 0; i < connections; i++, rest++) {
        all[i].number = i;
        all[i].fd = strtol(rest, &rest, 10);
        fcntl(all[i].fd, F_SETFL, O_NONBLOCK);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &all[i]};
        epoll_ctl(poller, EPOLL_CTL_ADD, all[i].fd, &event);
    }
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(poller, EPOLL_CTL_ADD, 0, &event);
    setvbuf(stdin, NULL, _IONBF, 0);
    int64_t spoke = clock_ns(CLOCK_MONOTONIC);
    for (;;) {
        char what[8], path[4096];
        long by, count;
        if (turn(1000)) {
            if (scanf("%7s %ld %ld %4095s", what, &by, &count, path) != 4) return 0;
            run(what, by, count, path);
        }
        int64_t now = clock_ns(CLOCK_MONOTONIC);
        if (now - spoke > PONG_SECONDS * 1000000000LL) stay(), spoke = now;
    }
}
