/* test_wall_filter.c: the filter of the outer wall against the one that libseccomp makes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <linux/audit.h>
#include <linux/seccomp.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "wall.h"

#ifdef PE_HAVE_LIBSECCOMP
#include <seccomp.h>
/* Its macros leave out a member. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

enum { FD = 5, FEED = 7, MOST_INSTRUCTIONS = 512 };

/* What the kernel would do with a call: the few instructions that filters are made of. */
static unsigned simulate(const struct sock_filter *f, size_t length,
                         const struct seccomp_data *call)
{
    unsigned a = 0;

    for (size_t pc = 0; pc < length; pc++) {
        const struct sock_filter *i = &f[pc];
        switch (i->code) {
        case BPF_LD | BPF_W | BPF_ABS:
            assert_true(i->k % 4 == 0 && i->k + 4 <= sizeof *call);
            memcpy(&a, (const char *)call + i->k, 4);
            break;
        case BPF_ALU | BPF_AND | BPF_K:
            a &= i->k;
            break;
        case BPF_JMP | BPF_JA:
            pc += i->k;
            break;
        case BPF_JMP | BPF_JEQ | BPF_K:
            pc += a == i->k ? i->jt : i->jf;
            break;
        case BPF_JMP | BPF_JGE | BPF_K:
            pc += a >= i->k ? i->jt : i->jf;
            break;
        case BPF_JMP | BPF_JGT | BPF_K:
            pc += a > i->k ? i->jt : i->jf;
            break;
        case BPF_JMP | BPF_JSET | BPF_K:
            pc += (a & i->k) != 0 ? i->jt : i->jf;
            break;
        case BPF_RET | BPF_K:
            return i->k;
        default:
            fail_msg("an instruction that is not simulated: %u", i->code);
        }
    }
    fail_msg("the filter has no end");
    return 0;
}

/* The same list once more, by the names of calls. */
static void allow_by_name(scmp_filter_ctx context, bool x86, int feed_fd)
{
    static const char *const names[] = {"brk",           "munmap",       "exit", "exit_group",
                                        "clock_gettime", "rt_sigreturn", "time"};
    const uint64_t kinds = MAP_HUGETLB | (uint64_t)MAP_HUGE_MASK << MAP_HUGE_SHIFT;

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (x86 || strcmp(names[i], "time") != 0)
            assert_int_equal(seccomp_rule_add(context, SCMP_ACT_ALLOW,
                                              seccomp_syscall_resolve_name(names[i]), 0),
                             0);
    seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, SCMP_A0_64(SCMP_CMP_EQ, FD));
    if (feed_fd >= 0)
        seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(read), 1,
                         SCMP_A0_64(SCMP_CMP_EQ, (scmp_datum_t)feed_fd));
    seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(mremap), 1,
                     SCMP_A3_64(SCMP_CMP_EQ, MREMAP_MAYMOVE));
    seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(madvise), 1,
                     SCMP_A2_64(SCMP_CMP_EQ, MADV_HUGEPAGE));
    seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
                     SCMP_A2_64(SCMP_CMP_MASKED_EQ, ~(uint64_t)(PROT_READ | PROT_WRITE), 0),
                     SCMP_A3_64(SCMP_CMP_MASKED_EQ, ~kinds, MAP_PRIVATE | MAP_ANONYMOUS));
}

static size_t filter_by_libseccomp(enum pe_arch arch, int feed_fd, struct sock_filter *out)
{
    uint32_t wanted = arch == PE_ARCH_X86_64 ? SCMP_ARCH_X86_64 : SCMP_ARCH_AARCH64;
    scmp_filter_ctx context = seccomp_init(SCMP_ACT_KILL_PROCESS);
    int fd = memfd_create("filter", 0);
    ssize_t length;

    assert_non_null(context);
    seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    if (seccomp_arch_native() != wanted) {
        assert_int_equal(seccomp_arch_add(context, wanted), 0);
        assert_int_equal(seccomp_arch_remove(context, SCMP_ARCH_NATIVE), 0);
    }
    allow_by_name(context, arch == PE_ARCH_X86_64, feed_fd);
    assert_int_equal(seccomp_export_bpf(context, fd), 0);
    length = pread(fd, out, MOST_INSTRUCTIONS * sizeof *out, 0);
    assert_true(length > 0 && (size_t)length < MOST_INSTRUCTIONS * sizeof *out);
    close(fd);
    seccomp_release(context);
    return (size_t)length / sizeof *out;
}

static const uint64_t values[] = {
    0,
    1,
    2,
    3,
    4,
    FD,
    6,
    7,
    MADV_HUGEPAGE,
    MAP_PRIVATE | MAP_ANONYMOUS,
    MAP_SHARED | MAP_ANONYMOUS,
    MAP_PRIVATE,
    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED,
    MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB,
    MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB | 21U << MAP_HUGE_SHIFT,
    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
    UINT32_MAX,
    FD | (uint64_t)1 << 32,
    (uint64_t)1 << 32,
    (uint64_t)1 << 63,
    UINT64_MAX,
};
enum { VALUES = sizeof values / sizeof values[0] };

struct pair {
    struct sock_filter ours[PE_WALL_INSTRUCTIONS], theirs[MOST_INSTRUCTIONS];
    size_t our_length, their_length, calls, allowed;
};

static void compare_call(struct pair *pair, const struct seccomp_data *call)
{
    unsigned ours = simulate(pair->ours, pair->our_length, call);
    unsigned theirs = simulate(pair->theirs, pair->their_length, call);

    if (ours != theirs)
        fail_msg("call %d of %x with (%llx, %llx, %llx, %llx): ours %x, libseccomp's %x", call->nr,
                 call->arch, (unsigned long long)call->args[0], (unsigned long long)call->args[1],
                 (unsigned long long)call->args[2], (unsigned long long)call->args[3], ours,
                 theirs);
    pair->calls++;
    pair->allowed += ours == SECCOMP_RET_ALLOW;
}

static void compare_number(struct pair *pair, unsigned arch, int number)
{
    struct seccomp_data call = {.nr = number, .arch = arch};

    for (size_t first = 0; first < VALUES; first++) {
        call.args[0] = call.args[1] = values[first];
        for (size_t third = 0; third < VALUES; third++)
            for (size_t fourth = 0; fourth < VALUES; fourth++) {
                call.args[2] = values[third];
                call.args[3] = values[fourth];
                compare_call(pair, &call);
            }
    }
}

static void compare_filters(enum pe_arch arch, int feed_fd)
{
    static const unsigned arches[] = {AUDIT_ARCH_X86_64, AUDIT_ARCH_AARCH64, AUDIT_ARCH_I386,
                                      AUDIT_ARCH_ARM, 0};
    static struct pair pair;

    pair.calls = pair.allowed = 0;
    pair.our_length = pe_wall_filter(pair.ours, arch, FD, feed_fd, false);
    pair.their_length = filter_by_libseccomp(arch, feed_fd, pair.theirs);
    for (int number = 0; number <= 500; number++)
        compare_number(&pair, arches[arch], number);
    for (size_t i = 0; i < sizeof arches / sizeof arches[0]; i++)
        for (int number = -1; number <= 500; number++) {
            compare_call(&pair, &(struct seccomp_data){.nr = number, .arch = arches[i]});
            compare_call(&pair,
                         &(struct seccomp_data){.nr = number | 0x40000000, .arch = arches[i]});
        }
    print_message("%s%s: %zu instructions, libseccomp's %zu; the same for %zu calls, %zu of them "
                  "allowed\n",
                  arch == PE_ARCH_X86_64 ? "x86_64" : "aarch64", feed_fd < 0 ? "" : " of a stream",
                  pair.our_length, pair.their_length, pair.calls, pair.allowed);
    assert_true(pair.allowed > 1000);
}

static void test_the_filter_for_x86_64_does_what_libseccomps_does(void **state)
{
    (void)state;
    compare_filters(PE_ARCH_X86_64, -1);
    compare_filters(PE_ARCH_X86_64, FEED);
}

static void test_the_filter_for_aarch64_does_what_libseccomps_does(void **state)
{
    (void)state;
    compare_filters(PE_ARCH_AARCH64, -1);
    compare_filters(PE_ARCH_AARCH64, FEED);
}
#else
static void test_the_filter_for_x86_64_does_what_libseccomps_does(void **state)
{
    (void)state;
    print_message("SKIPPED: libseccomp is not installed\n");
    skip();
}

static void test_the_filter_for_aarch64_does_what_libseccomps_does(void **state)
{
    (void)state;
    print_message("SKIPPED: libseccomp is not installed\n");
    skip();
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_filter_for_x86_64_does_what_libseccomps_does),
        cmocka_unit_test(test_the_filter_for_aarch64_does_what_libseccomps_does),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
