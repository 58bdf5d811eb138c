/* common.c: what subcommands share: complaints, output, packs, waivers, style. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/disarm.h"
#include "base/escape.h"
#include "cmd/command.h"

int pe_complain(const char *format, ...)
{
    char text[2048];
    struct pe_buf safe = {0}, line = {0};
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    pe_buf_adds(&line, "policyeval: ");
    pe_escape_adds(&safe, text);
    if (!pe_buf_failed(&safe))
        pe_disarm_add(&line, safe.data, safe.length);
    pe_buf_addc(&line, '\n');
    fputs(pe_buf_failed(&safe) || pe_buf_failed(&line) ? "policyeval: out of memory\n" : line.data,
          stderr);
    pe_buf_release(&safe);
    pe_buf_release(&line);
    return PE_EXIT_TROUBLE;
}

/* ---- output ---- */

static int write_all(int fd, const char *text, size_t length)
{
    ssize_t written;

    while (length > 0) {
        written = write(fd, text, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return -1;
        if (written == 0) {
            errno = EIO;
            return -1;
        }
        text += written;
        length -= (size_t)written;
    }
    return 0;
}

int pe_print(const char *text, size_t length)
{
    if (write_all(STDOUT_FILENO, text, length) == 0)
        return 0;
    pe_complain("cannot write to standard output: %s", strerror(errno));
    return -1;
}

/* Some file systems say only now that a write was lost. */
int pe_close_output(void)
{
    if (close(STDOUT_FILENO) == 0 || errno == EBADF)
        return 0;
    pe_complain("cannot write to standard output: %s", strerror(errno));
    return -1;
}

int pe_print_all(struct pe_buf *text)
{
    int result = -1;

    if (pe_buf_failed(text))
        pe_complain("out of memory");
    else if (pe_print(text->data == NULL ? "" : text->data, text->length) == 0)
        result = pe_close_output();
    pe_buf_release(text);
    return result;
}

static int write_and_close(int fd, const char *text, size_t length)
{
    int error = 0;

    if (write_all(fd, text, length) != 0 || fsync(fd) != 0)
        error = errno;
    if (close(fd) != 0 && error == 0)
        error = errno;
    errno = error;
    return error == 0 ? 0 : -1;
}

/* The signals that end this program, and are not ignored. */
static sigset_t ending_signals(void)
{
    static const int signals[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT};
    struct sigaction action;
    sigset_t set;

    sigemptyset(&set);
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
        if (sigaction(signals[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
            sigaddset(&set, signals[i]);
    return set;
}

static bool is_ending(const sigset_t *signals)
{
    sigset_t pending;

    return sigpending(&pending) == 0 && sigandset(&pending, &pending, signals) == 0 &&
           !sigisemptyset(&pending);
}

/* Beside it first, then renamed, unless the program has been told to end. */
static int write_beside(const char *beside, const char *path, const char *text, size_t length,
                        const sigset_t *signals)
{
    int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666), error;

    if (fd < 0)
        return -1;
    if (write_and_close(fd, text, length) == 0 && !is_ending(signals) && rename(beside, path) == 0)
        return 0;
    error = errno;
    unlink(beside);
    errno = error;
    return -1;
}

/* The path names an existing file that is no plain one: /dev/null, /dev/stdout, a FIFO. Nothing may
 * take its place. */
static bool is_special(const char *path)
{
    struct stat file;

    return stat(path, &file) == 0 && !S_ISREG(file.st_mode);
}

static int write_special(const char *path, const char *text, size_t length)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY), error;

    if (fd < 0)
        return -1;
    if (write_all(fd, text, length) == 0)
        return close(fd);
    error = errno;
    close(fd);
    errno = error;
    return -1;
}

static int write_plain(const char *path, const char *text, size_t length)
{
    sigset_t signals = ending_signals(), before;
    struct pe_buf beside = {0};
    int result = -1;

    pe_buf_printf(&beside, "%s.%ld.part", path, (long)getpid());
    errno = ENOMEM;
    if (!pe_buf_failed(&beside)) {
        sigprocmask(SIG_BLOCK, &signals, &before);
        result = write_beside(beside.data, path, text, length, &signals);
        sigprocmask(SIG_SETMASK, &before, NULL); /* one that waited ends the program here */
    }
    pe_buf_release(&beside);
    return result;
}

int pe_write_file(const char *path, const char *text, size_t length)
{
    char *target =
        realpath(path, NULL); /* a link keeps leading there; NULL: there is no file yet */
    int result;

    if (is_special(path))
        result = write_special(path, text, length);
    else
        result = write_plain(target == NULL ? path : target, text, length);
    if (result != 0)
        pe_complain("cannot write '%.300s': %s", path, strerror(errno));
    free(target);
    return result;
}

/* ---- packs ---- */

/* What is wrong with a pack names its folder; a setting's place comes before that. */
static void complain_of_pack(const struct pe_args *args, const struct pe_err *err)
{
    const struct pe_origin *origin = &args->origins[pe_option_find("--pack") - pe_option_at(0)];

    if (origin->source == PE_FROM_FILE || origin->source == PE_FROM_ENVIRONMENT)
        pe_complain_of(args, "--pack: %s", err->text);
    else
        pe_complain("%s", err->text);
}

int pe_load_packs(const struct pe_args *args, struct pe_pack_list *packs)
{
    size_t wanted = args->packs.count > 0 ? args->packs.count : 1;
    struct pe_err err = {0};

    packs->count = 0;
    packs->items = calloc(wanted, sizeof *packs->items);
    if (packs->items == NULL)
        return pe_complain("out of memory"), -1;
    for (size_t i = 0; i < wanted; i++) {
        const char *path = args->packs.count > 0 ? args->packs.items[i] : NULL;
        if (pe_pack_load(path, &packs->items[i], &err) != 0) {
            complain_of_pack(args, &err);
            pe_free_packs(packs);
            return -1;
        }
        packs->count++;
    }
    return 0;
}

void pe_free_packs(struct pe_pack_list *packs)
{
    for (size_t i = 0; i < packs->count; i++)
        pe_pack_free(packs->items[i]);
    free(packs->items);
    *packs = (struct pe_pack_list){0};
}

int pe_load_one_pack(const struct pe_args *args, struct pe_pack **pack)
{
    const char *path = NULL;
    struct pe_err err = {0};

    if (args->operands.count + args->packs.count > 1)
        return pe_complain("one pack at a time: name it once, as PACK or with --pack"), -1;
    if (args->operands.count > 0)
        path = args->operands.items[0];
    if (args->packs.count > 0)
        path = args->packs.items[0];
    if (pe_pack_load(path, pack, &err) != 0)
        return pe_complain("%s", err.text), -1;
    return 0;
}

int pe_load_waivers(const struct pe_args *args, const struct pe_job *job,
                    struct pe_waivers **waivers)
{
    struct pe_err err = {0};

    if (args->waivers == NULL)
        return 0;
    if (strcmp(args->waivers, "-") == 0)
        return pe_complain("--waivers takes a file"), -1;
    if (pe_waivers_load(args->waivers, job, waivers, &err) != 0)
        return pe_complain("%s", err.text), -1;
    return 0;
}

/* ---- the sandbox ---- */

void pe_tell_walls(const struct pe_args *args, unsigned missing)
{
    if (args->sandbox == PE_SANDBOX_OFF)
        pe_complain("--sandbox=off: snapshots and policies were handled without a sandbox");
    else if (args->sandbox == PE_SANDBOX_BEST_EFFORT && missing != 0)
        pe_complain("--sandbox=best-effort: went on without%s%s%s",
                    missing & PE_WALL_SECCOMP ? " seccomp" : "",
                    missing & PE_WALL_LIMITS ? " limits" : "",
                    missing & PE_WALL_LANDLOCK ? " Landlock" : "");
}

/* ---- style ---- */

static unsigned terminal_width(void)
{
    const char *columns = getenv("COLUMNS");
    struct winsize size;
    long number;

    if (!isatty(STDOUT_FILENO))
        return 0;
    number = columns == NULL ? 0 : strtol(columns, NULL, 10);
    if (number > 0 && number < 10000)
        return (unsigned)number;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

struct pe_style pe_style_of(const struct pe_args *args)
{
    const char *no_color = getenv("NO_COLOR");
    struct pe_style style = {
        .lang = args->lang, .quiet = args->quiet, .width = terminal_width(), .packs = args->packs};

    style.colour = isatty(STDOUT_FILENO) && (no_color == NULL || *no_color == '\0');
    if (args->color != NULL && strcmp(args->color, "always") == 0)
        style.colour = true;
    if (args->color != NULL && strcmp(args->color, "never") == 0)
        style.colour = false;
    return style;
}
