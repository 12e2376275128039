/* The floor: the least a relay can do. Every line that comes goes to all other connections, with one
 * write(2) for each delivery; nothing is checked, kept or remembered. Who is let in gets "welcome".
 *
 * floor PORT: listens on 127.0.0.1. */

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CONNECTIONS_MAX = 16384, LINE_BYTES_MAX = 4096, READ_BYTES = 65536, READY_MAX = 256 };

struct connection {
    int fd;
    int place; /* in `here` */
    int held_bytes;
    char held[LINE_BYTES_MAX]; /* the beginning of a line */
};

static struct connection *here[CONNECTIONS_MAX];
static int count;

static void leave(struct connection *c) {
    here[c->place] = here[--count];
    here[c->place]->place = c->place;
    close(c->fd);
    free(c);
}

static void relay(struct connection *from, const char *line, int size) {
    for (int i = 0; i < count; i++)
        /* A short write loses bytes; whoever counts deliveries notices. */
        if (here[i] != from && write(here[i]->fd, line, size) != size)
            shutdown(here[i]->fd, SHUT_RDWR);
}

static void take(struct connection *c) {
    static char data[LINE_BYTES_MAX + READ_BYTES];
    memcpy(data, c->held, c->held_bytes);
    ssize_t got = read(c->fd, data + c->held_bytes, READ_BYTES);
    if (got <= 0) {
        if (got == 0 || errno != EAGAIN) leave(c);
        return;
    }
    char *line = data, *end = data + c->held_bytes + got, *stop;
    while ((stop = memchr(line, '\n', end - line)) != NULL) {
        relay(c, line, stop + 1 - line);
        line = stop + 1;
    }
    c->held_bytes = end - line;
    if (c->held_bytes > LINE_BYTES_MAX) {
        leave(c);
        return;
    }
    memcpy(c->held, line, c->held_bytes);
}

static void let_in(int listener, int poll) {
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK), on = 1;
    if (fd < 0) return;
    struct connection *c = count < CONNECTIONS_MAX ? calloc(1, sizeof *c) : NULL;
    if (c == NULL) {
        close(fd);
        return;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    c->fd = fd;
    c->place = count;
    here[count++] = c;
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
    epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
    if (write(fd, "welcome\n", 8) != 8) leave(c);
}

int main(int argc, char **argv) {
    if (argc != 2) return 2;
    int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1, poll = epoll_create1(0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)&place, sizeof place) || listen(listener, 1024)) return 1;
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL}, ready[READY_MAX];
    epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int found = epoll_wait(poll, ready, READY_MAX, -1);
        for (int i = 0; i < found; i++) {
            if (ready[i].data.ptr == NULL)
                let_in(listener, poll);
            else
                take(ready[i].data.ptr);
        }
    }
}
