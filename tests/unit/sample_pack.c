/* sample_pack.c: a pack made by hand, for the tests of reports. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "sample_run.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define STRINGS(...)                                                                               \
    {                                                                                              \
        (const char *const[]){__VA_ARGS__}, COUNT(((const char *const[]){__VA_ARGS__}))            \
    }

static const struct pe_rule rules_9_2_3[] = {
    {.id = "portal-allow-list",
     .ref = "R1",
     .title = {"Portal administrators sign in only from listed networks",
               "ポータル管理者のサインイン元が登録済みネットワークに限られること"},
     .fix = {"Switch the allow-list of the customer portal on, and list only the addresses from "
             "which your administrators work, 4096 at most.",
             "お客様ポータルの許可リストを有効にし、管理者が使用するアドレスだけを登録してください"
             "（4096 アドレス以下）。"},
     .severity = PE_CRITICAL,
     .owner = PE_CUSTOMER},
    {.id = "mfa-enforced",
     .ref = "R2",
     .title = {"Multi-factor authentication is enforced for every privileged account",
               "すべての特権アカウントに多要素認証が強制適用されていること"},
     .fix = {"Enforce multi-factor authentication for the accounts listed.",
             "該当アカウントに多要素認証を強制適用してください。"},
     .severity = PE_CRITICAL,
     .owner = PE_CUSTOMER},
    {.id = "phishing-resistant",
     .ref = "R3",
     .title = {"Privileged accounts have a phishing-resistant method",
               "特権アカウントにフィッシング耐性のある認証方式が登録されていること"},
     .severity = PE_HIGH,
     .owner = PE_CUSTOMER},
    {.id = "console-customer-network",
     .ref = "R5",
     .title = {"The console is reachable only from customer networks",
               "管理コンソールへの接続元がお客様ネットワークに限られること"},
     .severity = PE_HIGH,
     .owner = PE_SHARED},
};

static const struct pe_rule rules_10_1_1[] = {
    {.id = "tls-versions",
     .ref = "R1",
     .title = {"Portals accept TLS 1.2 and later only",
               "ポータルの通信が TLS 1.2 以上に限定されていること"},
     .fix = {"Ask the provider to switch TLS 1.0 off.",
             "TLS 1.0 の無効化を事業者に依頼してください。"},
     .severity = PE_HIGH,
     .owner = PE_PROVIDER},
    {.id = "certificate",
     .ref = "R3",
     .title = {"Certificates are valid for another 30 days",
               "証明書の有効期限まで 30 日以上あること"},
     .severity = PE_MEDIUM,
     .owner = PE_PROVIDER},
};

static const struct pe_rule rules_cld_9_5_1[] = {
    {.id = "no-overlap",
     .ref = "R1",
     .title = {"Customer and management networks do not overlap",
               "お客様ネットワークと管理ネットワークが重複しないこと"},
     .severity = PE_CRITICAL,
     .owner = PE_PROVIDER},
    {.id = "isolation-test",
     .ref = "R5",
     .title = {"Isolation was tested within a year", "1 年以内に分離の試験が実施されていること"},
     .severity = PE_HIGH,
     .owner = PE_PROVIDER},
};

static const struct pe_rule rules_cld_9_5_2[] = {
    {.id = "listening-ports",
     .ref = "R1",
     .title = {"Only needed ports listen", "必要なポートだけが待ち受けていること"},
     .fix = {"Stop what is not needed.", "不要なサービスを停止してください。"},
     .severity = PE_HIGH,
     .owner = PE_SHARED},
};

static const struct pe_rule rules_13_1_3[] = {
    {.id = "default-deny",
     .title = {"Borders deny by default", "ネットワーク境界が既定で拒否であること"},
     .severity = PE_HIGH,
     .owner = PE_PROVIDER},
};

static const struct pe_rule rules_12_4_4[] = {
    {.id = "offset",
     .ref = "R1",
     .title = {"Clocks are within 300 seconds", "時刻のずれが 300 秒以内であること"},
     .severity = PE_MEDIUM,
     .owner = PE_SHARED},
};

static const struct pe_param params_9_2_3[] = {
    {.name = "max_addresses",
     .type = "integer",
     .unit = {"addresses", "アドレス"},
     .value = "65536",
     .default_ = "4096"},
    {.name = "min_admins", .type = "integer", .value = "2", .default_ = "2"},
    {.name = "breakglass_ids", .type = "list", .value = "[\"bg1\", \"bg2\"]"},
};

static const struct pe_control controls[] = {
    {.id = "9.2.3",
     .pack = "iso27017",
     .title = {"Management of privileged access rights", "特権的アクセス権の管理"},
     .severity = PE_CRITICAL,
     .owner = PE_CUSTOMER,
     .references = STRINGS("ISO/IEC 27017:2015 9.2.3", "ISO/IEC 27001:2022 A.8.2"),
     .tags = STRINGS("mfa", "network"),
     .params = params_9_2_3,
     .param_count = COUNT(params_9_2_3),
     .rules = rules_9_2_3,
     .rule_count = COUNT(rules_9_2_3)},
    {.id = "CLD.9.5.1",
     .pack = "iso27017",
     .title = {"Segregation in virtual computing environments",
               "仮想コンピューティング環境における分離"},
     .severity = PE_CRITICAL,
     .owner = PE_PROVIDER,
     .rules = rules_cld_9_5_1,
     .rule_count = COUNT(rules_cld_9_5_1)},
    {.id = "CLD.9.5.2",
     .pack = "iso27017",
     .title = {"Virtual machine hardening", "仮想マシンの要塞化"},
     .severity = PE_HIGH,
     .owner = PE_SHARED,
     .rules = rules_cld_9_5_2,
     .rule_count = COUNT(rules_cld_9_5_2)},
    {.id = "10.1.1",
     .pack = "iso27017",
     .title = {"Policy on the use of cryptographic controls", "暗号による管理策の利用方針"},
     .severity = PE_HIGH,
     .owner = PE_PROVIDER,
     .rules = rules_10_1_1,
     .rule_count = COUNT(rules_10_1_1)},
    {.id = "12.4.4",
     .pack = "iso27017",
     .title = {"Clock synchronisation", "クロックの同期"},
     .severity = PE_MEDIUM,
     .owner = PE_SHARED,
     .rules = rules_12_4_4,
     .rule_count = COUNT(rules_12_4_4)},
    {.id = "13.1.3",
     .pack = "iso27017",
     .title = {"Segregation in networks", "ネットワークの分離"},
     .severity = PE_HIGH,
     .owner = PE_PROVIDER,
     .rules = rules_13_1_3,
     .rule_count = COUNT(rules_13_1_3)},
};

const struct pe_pack_info sample_pack = {
    .id = "iso27017",
    .version = "0.1.0",
    .edition = "ISO/IEC 27017:2015",
    .title = {"ISO/IEC 27017", "ISO/IEC 27017"},
    .sha256 = "6d0f5e1a9b3c4d2e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d1e0f9a8b7c6d5e",
    .controls = controls,
    .control_count = COUNT(controls),
    .has_model = true,
};
