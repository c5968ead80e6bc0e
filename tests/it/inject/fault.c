/* Starts a program whose n-th call that touches the disk fails, once or from there on; 0 fails none and only counts.
 *
 *     fault FOLDER N once|on ERRNO change|read REPORT PROGRAM [ARGUMENT]...
 *
 * strace cannot: it counts for each thread and each kind of call by itself, so "the 40th call of the program" has no name there, and
 * in a program with threads it fails several. This counts over all threads, in one row. A filter of the kernel (seccomp) hands every
 * call of interest to a listener, which lets it pass or answers it, also those that the program makes without the C library.
 *
 * Only calls on what lies below FOLDER count; those with a path instead of a descriptor always do. REPORT gets a line for each counted
 * call, `CALL WHERE`, those that failed with a `!` in front. The exit code is the program's, or 128 and the signal that ended it. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* By what a call names a file: a descriptor, a path, or a path that it may make. */
enum by { FD, PATH, MAKES };

struct call {
    int nr;
    const char *name;
    enum by by;
    int reads;
};

#define CALL(name, by, reads) { SYS_##name, #name, by, reads }
static const struct call CALLS[] = {
    CALL(write, FD, 0), CALL(pwrite64, FD, 0), CALL(writev, FD, 0), CALL(pwritev, FD, 0),
    CALL(fsync, FD, 0), CALL(fdatasync, FD, 0), CALL(syncfs, FD, 0),
    CALL(ftruncate, FD, 0), CALL(fallocate, FD, 0),
    CALL(openat, MAKES, 0), CALL(mkdirat, PATH, 0), CALL(unlinkat, PATH, 0), CALL(renameat2, PATH, 0),
#ifdef SYS_renameat
    CALL(renameat, PATH, 0),
#endif
#ifdef SYS_rename
    CALL(rename, PATH, 0), CALL(mkdir, PATH, 0), CALL(rmdir, PATH, 0), CALL(unlink, PATH, 0),
#endif
    CALL(read, FD, 1), CALL(pread64, FD, 1), CALL(readv, FD, 1), CALL(preadv, FD, 1), CALL(getdents64, FD, 1),
};
enum { KINDS = sizeof CALLS / sizeof *CALLS };

static void die(const char *what)
{
    perror(what);
    exit(99);
}

/* The folder as the kernel names it. */
static char folder[4096];

/* Whether the call counts, and where it works. */
static int counts(const struct seccomp_notif *asked, const struct call *call, char *where, size_t size)
{
    char link[64];
    struct stat file;
    strcpy(where, "-");
    if (call->by == MAKES)
        return (asked->data.args[2] & O_CREAT) != 0;
    if (call->by == PATH)
        return 1;
    snprintf(link, sizeof link, "/proc/%u/fd/%d", asked->pid, (int)asked->data.args[0]);
    ssize_t length = readlink(link, where, size - 1);
    if (length < 0)
        return 0;
    where[length] = 0;
    size_t above = strlen(folder);
    if (strncmp(where, folder, above) != 0 || where[above] != '/')
        return 0;
    memmove(where, where + above + 1, strlen(where + above + 1) + 1);
    if (stat(link, &file) == 0 && S_ISDIR(file.st_mode))
        strncat(where, "/", size - strlen(where) - 1);
    return 1;
}

static void listen_to(int listener, long n, int on, int error, const char *report)
{
    FILE *told = fopen(report, "we");
    if (!told)
        die(report);
    for (long at = 0;;) {
        struct pollfd ready = { .fd = listener, .events = POLLIN };
        if (poll(&ready, 1, -1) < 0 && errno != EINTR)
            break;
        if (!(ready.revents & POLLIN)) {
            if (ready.revents & (POLLHUP | POLLERR))
                break;
            continue;
        }
        struct seccomp_notif asked;
        memset(&asked, 0, sizeof asked);
        if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &asked) != 0)
            continue;
        struct seccomp_notif_resp answer = { .id = asked.id, .flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE };
        const struct call *call = CALLS;
        while (call->nr != asked.data.nr)
            call++;
        char where[4096];
        if (counts(&asked, call, where, sizeof where)) {
            at++;
            int fails = n > 0 && (at == n || (on && at > n));
            if (fails) {
                answer.flags = 0;
                answer.error = -error;
            }
            fprintf(told, "%s%s %s\n", fails ? "!" : "", call->name, where);
        }
        ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
    }
    if (fclose(told) != 0)
        die(report);
}

/* Puts a filter for calls that read, or for the others, on this thread and all that come from it; gives the listener. */
static int filtered(int reads)
{
    struct sock_filter code[2 * KINDS + 2];
    int at = 0;
    code[at++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (int n = 0; n < KINDS; n++)
        if (CALLS[n].reads == reads)
            code[at++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, CALLS[n].nr, 0, 1),
            code[at++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF);
    code[at++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog program = { .len = at, .filter = code };
    /* Else a signal would have a call asked about twice. */
    int flags = SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        die("no new privileges");
    int listener = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
    if (listener < 0)
        die("seccomp");
    return listener;
}

/* Sends a descriptor, or takes it where there is none. */
static int hand(int socket, int fd)
{
    char byte = 0, space[CMSG_SPACE(sizeof fd)] = { 0 };
    struct iovec data = { &byte, 1 };
    struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space };
    if (fd < 0) {
        if (recvmsg(socket, &message, MSG_CMSG_CLOEXEC) <= 0 || !CMSG_FIRSTHDR(&message))
            exit(99);
        memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof fd);
        return fd;
    }
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(head), &fd, sizeof fd);
    if (sendmsg(socket, &message, 0) != 1)
        die("hand over");
    return fd;
}

static pid_t program;

static void pass_on(int signal)
{
    kill(program, signal);
}

int main(int argc, char **argv)
{
    int sockets[2], status, reads;
    if (argc < 8 || !realpath(argv[1], folder)) {
        fprintf(stderr, "fault FOLDER N once|on ERRNO change|read REPORT PROGRAM [ARGUMENT]...\n");
        return 99;
    }
    reads = strcmp(argv[5], "read") == 0;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0)
        die("socketpair");
    program = fork();
    if (program < 0)
        die("fork");
    if (program == 0) {
        /* Whoever kills the listener means the program. */
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        int listener = filtered(reads);
        hand(sockets[1], listener);
        close(listener);
        execv(argv[7], argv + 7);
        die(argv[7]);
    }
    close(sockets[1]);
    signal(SIGTERM, pass_on);
    listen_to(hand(sockets[0], -1), atol(argv[2]), strcmp(argv[3], "on") == 0, atoi(argv[4]), argv[6]);
    while (waitpid(program, &status, 0) < 0)
        if (errno != EINTR)
            die("wait");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
