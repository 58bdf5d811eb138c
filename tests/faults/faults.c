/* faults.c: fails calls that a program makes of the system, by their number. */
/* SPDX-License-Identifier: Apache-2.0 */

/* For LD_PRELOAD, in a program that is linked dynamically. It is told by the environment:
 *
 *   PE_FAULT=CALL:NUMBER:HOW[:ever]   the call of that number, from 1 on, fails; with :ever all
 *                                     later ones do too. HOW is an error (EIO); for read and write
 *                                     also "short": one byte is moved; or SIGTERM or SIGINT: the
 *                                     process gets that signal, then makes the call. CALL is one
 *                                     of the list below; "malloc" is every allocation.
 *   PE_FAULT_IN=parent|worker         in which process; a worker is what was forked. Each process
 *                                     counts for itself, but one fault happens once in all.
 *   PE_FAULT_COUNTS=FILE              where a table of the calls made is kept: for each call its
 *                                     name (16 bytes) and the counts in the parent and in a worker
 *                                     (the most of any), 4 bytes each; then "fired": how many
 *                                     faults there were.
 *
 * The table is a shared mapping and a fault needs no system call, so this works in a worker that
 * has locked itself up. A close that fails has closed, as Linux does it. */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* clang-format off */
#define CALLS(X) \
    X(malloc) \
    X(read) X(write) X(open) X(openat) X(close) X(rename) X(unlink) X(fcntl) X(fsync) \
    X(fstat) X(fstatat) X(fdopendir) X(readdir) \
    X(mmap) X(memfd_create) X(fork) X(pipe2) X(poll) X(waitpid) \
    X(prctl) X(setrlimit) X(syscall)
/* clang-format on */

enum call {
#define NUMBER(name) CALL_##name,
    CALLS(NUMBER) CALL_COUNT
};

struct record {
    char name[16];
    uint32_t made[2]; /* in the parent, in a worker */
};

static struct record own_table[CALL_COUNT + 1] = {
#define RECORD(name) {#name, {0, 0}},
    CALLS(RECORD){"fired", {0, 0}}};
static struct record *table = own_table;

static struct {
    bool active;
    enum call call;
    uint32_t number;
    int error; /* 0: short; negative: a signal */
    bool ever, in_worker;
} fault = {.call = CALL_COUNT};

static bool active, in_worker;
static uint32_t made[CALL_COUNT]; /* by this process */

/* ---- what comes next ---- */

static void *next_of(enum call call)
{
    static void *next[CALL_COUNT];

    if (next[call] == NULL)
        next[call] = dlsym(RTLD_NEXT, own_table[call].name);
    return next[call];
}

#define NEXT(name) ((__typeof__(&name))next_of(CALL_##name))

/* ---- to fail or not ---- */

static void note(enum call call, uint32_t number)
{
    uint32_t *most = &table[call].made[in_worker];
    uint32_t seen = __atomic_load_n(most, __ATOMIC_RELAXED);

    while (seen < number && !__atomic_compare_exchange_n(most, &seen, number, true,
                                                         __ATOMIC_RELAXED, __ATOMIC_RELAXED))
        continue;
}

static bool hit(enum call call)
{
    uint32_t number, before;

    if (!active)
        return false;
    number = ++made[call];
    note(call, number);
    if (!fault.active || call != fault.call || in_worker != fault.in_worker ||
        number < fault.number || (number > fault.number && !fault.ever))
        return false;
    before = __atomic_fetch_add(&table[CALL_COUNT].made[0], 1, __ATOMIC_RELAXED);
    return before == 0 || fault.ever;
}

/* From here on every call does what it says: tools/coverage_exit.c. */
void faults_end(void);
void faults_end(void)
{
    active = false;
}

/* Whether the call has to fail; then errno is set. */
static bool fails(enum call call)
{
    if (!hit(call) || fault.error == 0)
        return false;
    if (fault.error < 0)
        return raise(-fault.error), false;
    errno = fault.error;
    return true;
}

/* ---- the environment ---- */

_Noreturn static void refuse(const char *what)
{
    fprintf(stderr, "faults: %s\n", what);
    _exit(99);
}

static void use_table(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    void *shared = MAP_FAILED;

    if (fd >= 0 && ftruncate(fd, sizeof own_table) == 0)
        shared = mmap(NULL, sizeof own_table, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (shared == MAP_FAILED)
        refuse("cannot map the table of counts");
    close(fd);
    table = memcpy(shared, own_table, sizeof own_table);
}

static int error_of(const char *name)
{
    static const struct {
        const char *name;
        int error;
    } errors[] = {
        {"short", 0},          {"EIO", EIO},        {"ENOSPC", ENOSPC}, {"EINTR", EINTR},
        {"EMFILE", EMFILE},    {"ENOMEM", ENOMEM},  {"EAGAIN", EAGAIN}, {"EACCES", EACCES},
        {"EPERM", EPERM},      {"ENOSYS", ENOSYS},  {"EINVAL", EINVAL}, {"ECHILD", ECHILD},
        {"SIGTERM", -SIGTERM}, {"SIGINT", -SIGINT},
    };

    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
        if (strcmp(errors[i].name, name) == 0)
            return errors[i].error;
    refuse("PE_FAULT names an unknown error");
}

static void parse(char *text)
{
    char *call = strsep(&text, ":"), *number = strsep(&text, ":"), *how = strsep(&text, ":");

    if (number == NULL || how == NULL)
        refuse("PE_FAULT is CALL:NUMBER:HOW[:ever]");
    for (fault.call = 0; fault.call < CALL_COUNT; fault.call++)
        if (strcmp(own_table[fault.call].name, call) == 0)
            break;
    if (fault.call == CALL_COUNT)
        refuse("PE_FAULT names an unknown call");
    fault.number = (uint32_t)strtoul(number, NULL, 10);
    fault.error = error_of(how);
    fault.ever = text != NULL && strcmp(text, "ever") == 0;
    fault.active = true;
}

__attribute__((constructor)) static void begin(void)
{
    const char *what = getenv("PE_FAULT"), *where = getenv("PE_FAULT_IN"),
               *counts = getenv("PE_FAULT_COUNTS");
    char text[100];

    for (enum call call = 0; call < CALL_COUNT; call++)
        next_of(call);
    if (counts != NULL)
        use_table(counts);
    if (what != NULL) {
        snprintf(text, sizeof text, "%s", what);
        parse(text);
    }
    fault.in_worker = where != NULL && strcmp(where, "worker") == 0;
    active = true;
}

/* ---- memory ---- */

/* dlsym may allocate before it has found malloc. */
static _Alignas(16) unsigned char early[16 * 1024];
static size_t early_used;
static bool looking;

static void *early_alloc(size_t size)
{
    void *memory = early + early_used;

    size = (size + 15) / 16 * 16;
    if (size > sizeof early - early_used)
        abort();
    early_used += size;
    return memory;
}

static bool is_early(const void *memory)
{
    return (const unsigned char *)memory >= early &&
           (const unsigned char *)memory < early + sizeof early;
}

static struct {
    void *(*malloc)(size_t);
    void *(*calloc)(size_t, size_t);
    void *(*realloc)(void *, size_t);
    void (*free)(void *);
} heap;

/* False while they are being looked for. */
static bool find_heap(void)
{
    if (heap.free != NULL)
        return true;
    if (looking)
        return false;
    looking = true;
    heap.malloc = (void *(*)(size_t))dlsym(RTLD_NEXT, "malloc");
    heap.calloc = (void *(*)(size_t, size_t))dlsym(RTLD_NEXT, "calloc");
    heap.realloc = (void *(*)(void *, size_t))dlsym(RTLD_NEXT, "realloc");
    heap.free = (void (*)(void *))dlsym(RTLD_NEXT, "free");
    looking = false;
    return true;
}

void *malloc(size_t size)
{
    if (!find_heap())
        return early_alloc(size);
    return fails(CALL_malloc) ? NULL : heap.malloc(size);
}

void *calloc(size_t count, size_t size)
{
    if (!find_heap())
        return early_alloc(count * size);
    return fails(CALL_malloc) ? NULL : heap.calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    if (is_early(old)) /* its size is not known; reading too far stays within `early` */
        return memcpy(early_alloc(size), old,
                      size < (size_t)(early + sizeof early - (unsigned char *)old)
                          ? size
                          : (size_t)(early + sizeof early - (unsigned char *)old));
    if (!find_heap())
        return early_alloc(size);
    return fails(CALL_malloc) ? NULL : heap.realloc(old, size);
}

void free(void *memory)
{
    if (memory != NULL && !is_early(memory) && find_heap())
        heap.free(memory);
}

/* ---- reading and writing ---- */

static size_t shortened(enum call call, size_t size)
{
    return hit(call) && fault.error == 0 && size > 1 ? 1 : size;
}

ssize_t read(int fd, void *bytes, size_t size)
{
    if (fault.error != 0 || !fault.active)
        return fails(CALL_read) ? -1 : NEXT(read)(fd, bytes, size);
    return NEXT(read)(fd, bytes, shortened(CALL_read, size));
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    if (fault.error != 0 || !fault.active)
        return fails(CALL_write) ? -1 : NEXT(write)(fd, bytes, size);
    return NEXT(write)(fd, bytes, shortened(CALL_write, size));
}

/* ---- files ---- */

int open(const char *path, int flags, ...)
{
    va_list args;
    mode_t mode;

    va_start(args, flags);
    mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(args, mode_t) : 0;
    va_end(args);
    return fails(CALL_open) ? -1 : NEXT(open)(path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
    va_list args;
    mode_t mode;

    va_start(args, flags);
    mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(args, mode_t) : 0;
    va_end(args);
    return fails(CALL_openat) ? -1 : NEXT(openat)(folder, path, flags, mode);
}

int close(int fd)
{
    bool must_fail = fails(CALL_close);
    int error = errno;

    if (!must_fail)
        return NEXT(close)(fd);
    NEXT(close)(fd);
    errno = error;
    return -1;
}

int fcntl(int fd, int command, ...)
{
    va_list args;
    void *argument;

    va_start(args, command);
    argument = va_arg(args, void *);
    va_end(args);
    return fails(CALL_fcntl) ? -1 : NEXT(fcntl)(fd, command, argument);
}

int rename(const char *from, const char *to)
{
    return fails(CALL_rename) ? -1 : NEXT(rename)(from, to);
}

int unlink(const char *path)
{
    return fails(CALL_unlink) ? -1 : NEXT(unlink)(path);
}

int fsync(int fd)
{
    return fails(CALL_fsync) ? -1 : NEXT(fsync)(fd);
}

int fstat(int fd, struct stat *info)
{
    return fails(CALL_fstat) ? -1 : NEXT(fstat)(fd, info);
}

int fstatat(int folder, const char *path, struct stat *info, int flags)
{
    return fails(CALL_fstatat) ? -1 : NEXT(fstatat)(folder, path, info, flags);
}

DIR *fdopendir(int fd)
{
    return fails(CALL_fdopendir) ? NULL : NEXT(fdopendir)(fd);
}

struct dirent *readdir(DIR *dir)
{
    return fails(CALL_readdir) ? NULL : NEXT(readdir)(dir);
}

/* ---- memory of files, processes ---- */

void *mmap(void *at, size_t size, int protection, int flags, int fd, off_t offset)
{
    return fails(CALL_mmap) ? MAP_FAILED : NEXT(mmap)(at, size, protection, flags, fd, offset);
}

int memfd_create(const char *name, unsigned flags)
{
    return fails(CALL_memfd_create) ? -1 : NEXT(memfd_create)(name, flags);
}

int pipe2(int ends[2], int flags)
{
    return fails(CALL_pipe2) ? -1 : NEXT(pipe2)(ends, flags);
}

int poll(struct pollfd *fds, nfds_t count, int milliseconds)
{
    return fails(CALL_poll) ? -1 : NEXT(poll)(fds, count, milliseconds);
}

pid_t waitpid(pid_t pid, int *status, int options)
{
    return fails(CALL_waitpid) ? -1 : NEXT(waitpid)(pid, status, options);
}

pid_t fork(void)
{
    pid_t pid = fails(CALL_fork) ? -1 : NEXT(fork)();

    if (pid == 0) {
        in_worker = true;
        memset(made, 0, sizeof made);
    }
    return pid;
}

/* ---- walls ---- */

int prctl(int option, ...)
{
    unsigned long a[4];
    va_list args;

    va_start(args, option);
    for (int i = 0; i < 4; i++)
        a[i] = va_arg(args, unsigned long);
    va_end(args);
    return fails(CALL_prctl) ? -1 : NEXT(prctl)(option, a[0], a[1], a[2], a[3]);
}

int setrlimit(__rlimit_resource_t resource, const struct rlimit *limit)
{
    return fails(CALL_setrlimit) ? -1 : NEXT(setrlimit)(resource, limit);
}

long syscall(long number, ...)
{
    unsigned long a[6];
    va_list args;

    va_start(args, number);
    for (int i = 0; i < 6; i++)
        a[i] = va_arg(args, unsigned long);
    va_end(args);
    return fails(CALL_syscall) ? -1 : NEXT(syscall)(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

/* ---- as the compiler's fortification calls them ---- */

int __open_2(const char *path, int flags);
int __openat_2(int folder, const char *path, int flags);
ssize_t __read_chk(int fd, void *bytes, size_t size, size_t room);
int __poll_chk(struct pollfd *fds, nfds_t count, int milliseconds, size_t room);

int __open_2(const char *path, int flags)
{
    return open(path, flags);
}

int __openat_2(int folder, const char *path, int flags)
{
    return openat(folder, path, flags);
}

ssize_t __read_chk(int fd, void *bytes, size_t size, size_t room)
{
    if (size > room)
        abort();
    return read(fd, bytes, size);
}

int __poll_chk(struct pollfd *fds, nfds_t count, int milliseconds, size_t room)
{
    if (room / sizeof *fds < count)
        abort();
    return poll(fds, count, milliseconds);
}
