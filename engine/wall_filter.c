/* wall_filter.c: the list of system calls that a worker may make, as a program for the kernel. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/mman.h>

#include "wall.h"

/* What a call's arguments must be. */
enum check {
    ANY,
    ANSWER,     /* write(2) to the answer pipe only */
    STANDARD_2, /* write(2) to standard error too */
    FEED,       /* read(2) from the pipe of a stream; not on the list without one */
    FRESH,      /* mmap(2) of new private memory that cannot be executed */
    NO_CODE,    /* mmap(2), mprotect(2): not to be executed */
    MAY_MOVE,   /* mremap(2) as realloc(3) calls it */
    LARGE,      /* madvise(2): large pages, please */
};

struct row {
    short number[2]; /* by enum pe_arch, from the kernel's tables; -1: it has no such call */
    unsigned char check;
};

/* The frequent ones first. */
static const struct row plain[] = {
    {{12, 214}, ANY},      /* brk */
    {{9, 222}, FRESH},     /* mmap */
    {{11, 215}, ANY},      /* munmap */
    {{25, 216}, MAY_MOVE}, /* mremap */
    {{28, 233}, LARGE},    /* madvise */
    {{1, 64}, ANSWER},     /* write */
    {{0, 63}, FEED},       /* read */
    {{228, 113}, ANY},     /* clock_gettime: where the vDSO cannot answer it */
    {{201, -1}, ANY},      /* time: Lua seeds a state with it */
    {{15, 139}, ANY},      /* rt_sigreturn: a caller of the library may have handlers */
    {{231, 94}, ANY},      /* exit_group */
    {{60, 93}, ANY},       /* exit */
};

static const struct row sanitized_build[] = {
    {{12, 214}, ANY},      /* brk */
    {{9, 222}, NO_CODE},   /* mmap */
    {{10, 226}, NO_CODE},  /* mprotect */
    {{11, 215}, ANY},      /* munmap */
    {{25, 216}, ANY},      /* mremap */
    {{28, 233}, ANY},      /* madvise */
    {{1, 64}, STANDARD_2}, /* write */
    {{0, 63}, FEED},       /* read */
    {{228, 113}, ANY},     /* clock_gettime */
    {{201, -1}, ANY},      /* time */
    {{15, 139}, ANY},      /* rt_sigreturn */
    {{13, 134}, ANY},      /* rt_sigaction */
    {{14, 135}, ANY},      /* rt_sigprocmask */
    {{131, 132}, ANY},     /* sigaltstack */
    {{202, 98}, ANY},      /* futex */
    {{24, 124}, ANY},      /* sched_yield */
    {{39, 172}, ANY},      /* getpid */
    {{186, 178}, ANY},     /* gettid */
    {{231, 94}, ANY},      /* exit_group */
    {{60, 93}, ANY},       /* exit */
};

static const unsigned audit_arch[] = {AUDIT_ARCH_X86_64, AUDIT_ARCH_AARCH64};

enum pe_arch pe_wall_arch(void)
{
#if defined(__x86_64__) && !defined(__ILP32__)
    return PE_ARCH_X86_64;
#elif defined(__aarch64__) && !defined(__ILP32__) && !defined(__AARCH64EB__)
    return PE_ARCH_AARCH64;
#else
    return PE_ARCH_OTHER;
#endif
}

/* ---- the program under construction ---- */

enum { TO_REFUSAL = 0xFF }; /* a jump to be filled in: to the end of its row, where it is refused */

enum { X32_BIT = 0x40000000 };

struct program {
    struct sock_filter *out;
    unsigned length;
    unsigned refusal; /* what comes of a call that is not on the list */
    int answer_fd, feed_fd;
};

static void add(struct program *p, unsigned code, unsigned k, unsigned yes, unsigned no)
{
    p->out[p->length++] =
        (struct sock_filter){(unsigned short)code, (unsigned char)yes, (unsigned char)no, k};
}

static void add_return(struct program *p, unsigned action)
{
    add(p, BPF_RET | BPF_K, action, 0, 0);
}

static void add_load(struct program *p, size_t offset)
{
    add(p, BPF_LD | BPF_W | BPF_ABS, (unsigned)offset, 0, 0);
}

/* The lower half of the argument & mask must be wanted, the upper half (both processors are
 * little-endian) nothing at all. */
static void need(struct program *p, unsigned argument, unsigned mask, unsigned wanted)
{
    size_t at = offsetof(struct seccomp_data, args) + 8 * argument;

    add_load(p, at + 4);
    add(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, TO_REFUSAL);
    add_load(p, at);
    if (mask != UINT32_MAX)
        add(p, BPF_ALU | BPF_AND | BPF_K, mask, 0, 0);
    add(p, BPF_JMP | BPF_JEQ | BPF_K, wanted, 0, TO_REFUSAL);
}

static void add_check(struct program *p, enum check check)
{
    /* glibc asks for pages of the kernel's large kinds when GLIBC_TUNABLES tell it to */
    const unsigned kinds = MAP_HUGETLB | (unsigned)MAP_HUGE_MASK << MAP_HUGE_SHIFT;

    switch (check) {
    case ANSWER:
    case STANDARD_2:
        need(p, 0, UINT32_MAX, (unsigned)p->answer_fd);
        break;
    case FEED:
        need(p, 0, UINT32_MAX, (unsigned)p->feed_fd);
        break;
    case FRESH:
        need(p, 2, ~(unsigned)(PROT_READ | PROT_WRITE), 0);
        need(p, 3, ~kinds, MAP_PRIVATE | MAP_ANONYMOUS);
        break;
    case NO_CODE:
        need(p, 2, PROT_EXEC, 0);
        break;
    case MAY_MOVE:
        need(p, 3, UINT32_MAX, MREMAP_MAYMOVE);
        break;
    case LARGE:
        need(p, 2, UINT32_MAX, MADV_HUGEPAGE);
        break;
    default:
        break;
    }
}

/* A row: is it this call? are its arguments right? then allowed, and otherwise refused. */
static void add_row(struct program *p, const struct row *row, int number)
{
    unsigned start = p->length, end;

    add(p, BPF_JMP | BPF_JEQ | BPF_K, (unsigned)number, 0, 0);
    add_check(p, (enum check)row->check);
    add_return(p, SECCOMP_RET_ALLOW);
    if (row->check == ANY) {
        p->out[start].jf = 1;
        return;
    }
    end = p->length;
    add_return(p, p->refusal);
    p->out[start].jf = (unsigned char)(end - start);
    for (unsigned i = start + 1; i < end; i++)
        if (BPF_CLASS(p->out[i].code) == BPF_JMP && p->out[i].jf == TO_REFUSAL)
            p->out[i].jf = (unsigned char)(end - i - 1);
}

static void add_standard_error(struct program *p, int number)
{
    add(p, BPF_JMP | BPF_JEQ | BPF_K, (unsigned)number, 0, 3);
    add_load(p, offsetof(struct seccomp_data, args));
    add(p, BPF_JMP | BPF_JEQ | BPF_K, 2, 0, 1);
    add_return(p, SECCOMP_RET_ALLOW);
    add_load(p, offsetof(struct seccomp_data, nr));
}

unsigned pe_wall_filter(struct sock_filter out[PE_WALL_INSTRUCTIONS], enum pe_arch arch,
                        int answer_fd, int feed_fd, bool sanitized)
{
    struct program p = {.out = out,
                        .refusal = SECCOMP_RET_KILL_PROCESS,
                        .answer_fd = answer_fd,
                        .feed_fd = feed_fd};
    const struct row *rows = sanitized ? sanitized_build : plain;
    size_t count = sanitized ? sizeof sanitized_build / sizeof *rows : sizeof plain / sizeof *rows;

    if (arch == PE_ARCH_OTHER)
        return 0;
    add_load(&p, offsetof(struct seccomp_data, arch));
    add(&p, BPF_JMP | BPF_JEQ | BPF_K, audit_arch[arch], 1, 0);
    add_return(&p, SECCOMP_RET_KILL_PROCESS);
    add_load(&p, offsetof(struct seccomp_data, nr));
    if (arch == PE_ARCH_X86_64) { /* the same calls by other numbers */
        add(&p, BPF_JMP | BPF_JGE | BPF_K, X32_BIT, 0, 1);
        add_return(&p, SECCOMP_RET_KILL_PROCESS);
    }
    if (sanitized) /* a report must come out, whatever else the runtime tries on its way */
        p.refusal = SECCOMP_RET_ERRNO | EPERM;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].check == STANDARD_2)
            add_standard_error(&p, rows[i].number[arch]);
        if (rows[i].number[arch] >= 0 && (rows[i].check != FEED || feed_fd >= 0))
            add_row(&p, &rows[i], rows[i].number[arch]);
    }
    add_return(&p, p.refusal);
    return p.length;
}
