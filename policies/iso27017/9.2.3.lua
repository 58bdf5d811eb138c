-- 9.2.3 Management of privileged access rights
-- SPDX-License-Identifier: Apache-2.0
--
-- Three planes, each with what the services offer for it: (a) the customer portal: a restriction of
-- source addresses and, as an option, multi-factor authentication; one of them is indispensable,
-- both are wanted. (b) The console and the tools of IAD: from customer networks only. (c) Entra and
-- the clouds behind it: multi-factor authentication that is enforced and not only offered.

local access = use("access")
local lists = use("lists")
local mfa = use("mfa")
local privilege = use("privilege")
local words = use("words")

local PORTAL_ADMIN = { en = "an enabled administrator of the portal", ja = "有効なポータル管理者" }
local CLOUD_ADMIN = { en = "an enabled administrator of the cloud directory", ja = "有効なクラウドの管理者" }

-- ---- what several rules ask ----

-- The administrators of some directories. The assertion closes the search: what was missing of
-- other accounts makes the rule unknown, and does not cover up what is wrong with these.
local function administrators(s, index, what, sources)
  local found = {}
  for _, account in each(s.identities.accounts, what, function(account)
    return privilege.is_administrator(index, account, sources)
  end) do
    table.insert(found, account)
  end
  ensure(#found > 0, s.identities.accounts)
  return ipairs(found)
end

local NOT_ENFORCED = {
  en = "multi-factor authentication is not enforced on {account} ({role}): {policy}{why}",
  ja = "{account}（{role}）に多要素認証が強制適用されていません：{policy}{why}",
}

local function ensure_enforced(s, params, as_of, what, sources)
  local index = privilege.index(s, params, as_of)
  for _, account in administrators(s, index, what, sources) do
    local name = account.upn
    local gap = mfa.gap(s, index, account)
    local values = gap or {}
    values.account = name
    local _ = account.id -- what decided lies in the policies; here is on whom
    ensure(gap == nil, account, NOT_ENFORCED, values)
  end
end

local NO_STRONG_METHOD = {
  en = "{account} ({roles}) has no usable method that resists phishing ({kinds}): {why}",
  ja = "{account}（{roles}）には、使用できるフィッシング耐性のある認証方法（{kinds}）がありません：{why}",
}

local function remark_on_spare(account, count)
  if count == 1 then
    note({
      en = "{account} has only one such method, and no spare",
      ja = "{account} の該当する認証方法は 1 つだけで、予備がありません",
    }, { account = account })
  end
end

local function ensure_strong(s, params, as_of, what, sources)
  if not params.require_phishing_resistant then
    not_applicable({
      en = "require_phishing_resistant is false",
      ja = "require_phishing_resistant が false のため",
    })
  end
  local index = privilege.index(s, params, as_of)
  for _, account in administrators(s, index, what, sources) do
    local values = { account = account.upn, kinds = words.list(params.accepted_methods, words.METHOD),
      roles = privilege.role_names(privilege.privileged_grants(index, account)) }
    local count, wrong = mfa.usable(s, index, account, params.accepted_methods, as_of)
    values.why = wrong.why
    ensure(count > 0, mfa.point_at(wrong, account), NO_STRONG_METHOD, values)
    remark_on_spare(values.account, count)
  end
end

local NO_OPTION = { en = "all, because the option is not contracted", ja = "全員（多要素認証オプションの契約なし）" }

-- The first administrator of the portal on whom nothing is enforced, or nil. Without the option a
-- policy may be left of it, which enforces nothing.
local function unprotected_administrator(s, params, as_of)
  if not lists.contains(s.contract.options, "mfa_option") then
    return NO_OPTION
  end
  local index, found = privilege.index(s, params, as_of), nil
  for _, account in administrators(s, index, PORTAL_ADMIN, privilege.PORTAL) do
    if found == nil and mfa.gap(s, index, account) ~= nil then
      found = account.upn
    end
  end
  return found
end

-- The usable break-glass accounts of the cloud.
local function break_glass(s, params, as_of)
  local found = {}
  for _, account in ipairs(s.identities.accounts) do
    if privilege.CLOUD[account.source] and privilege.is_break_glass(account, params)
      and privilege.is_usable(account, as_of) then
      table.insert(found, account)
    end
  end
  return found
end

-- Whether an assignment has no end, or one that nobody will see.
local function is_permanent(assignment, params, as_of)
  if is_null(assignment, "ends") then
    return true
  end
  local ends = time.seconds(assignment.ends)
  return ends ~= nil and ends - time.seconds(as_of) > params.max_assignment_days * 86400
end

-- Alerts that a sign-in of a break-glass account may raise.
local SIGN_IN_ALERT = { break_glass_sign_in = true, other = true }

-- Whether a role can be used at once.
local function stands(grant, as_of)
  local held = grant.assignment
  return grant.active and (is_null(held, "ends") or time.is_before(as_of, held.ends))
end

-- What an allow-list lets in beside what it may.
local function limits(size, params)
  return { count = size.ipv4, networks = size.ipv6_networks, limit = params.max_addresses,
    network_limit = params.max_ipv6_networks }
end

-- ---- plane (b) ----

local function ensure_bound(s, place, params)
  local zones, blocks = access.customer_networks(s, params, "iad")
  for _, id in ipairs(place.bound_zones) do
    ensure(zones[id] ~= nil, place.bound_zones, {
      en = "it may be reached from the zone {zone}, which is no customer network",
      ja = "お客様ネットワークではないゾーン {zone} からの接続が許可されています",
    }, { zone = id })
  end
  for _, source in ipairs(place.allowed_sources) do
    local inside, outside = net.subset(source, blocks)
    ensure(inside, place.allowed_sources, {
      en = "{source} may connect, of which {outside} lies outside the customer networks",
      ja = "{source} からの接続が許可されていますが、{outside} はお客様ネットワークの範囲外です",
    }, { source = source, outside = outside })
  end
end

-- A source address cannot tell the customer's terminal from the operator's where both use it.
local function ensure_apart_from_operators(s, place)
  for _, zone in ipairs(access.operator_zones(s, "iad", place.bound_zones)) do
    local name = zone.name
    local ours, theirs = net.overlap(place.allowed_sources, zone.cidrs)
    ensure(ours == false, place.allowed_sources, {
      en = "{ours} overlaps {theirs} of the operators' zone {zone}",
      ja = "{ours} が運用管理側のゾーン {zone} の {theirs} と重複しています",
    }, { ours = ours, theirs = theirs, zone = name })
  end
end

local function ensure_unreachable(s, probe, params, as_of)
  local age = time.age_days(probe.probed_at, as_of, s.tenant.time_zone)
  if age ~= nil then
    ensure(age <= params.probe_max_age_days, probe, {
      en = "the last attempt from the internet is {age} days old; the limit is {limit} days",
      ja = "インターネットからの到達確認が {age} 日前です（上限 {limit} 日）",
    }, { age = age, limit = params.probe_max_age_days })
  end
  local answered = is_empty(probe.open_ports) and "" or ports.text(probe.open_ports)
  ensure(is_empty(probe.open_ports), probe, {
    en = "the ports {ports} answered from the internet",
    ja = "インターネットからポート {ports} に到達できました",
  }, { ports = answered })
end

-- The hosts that the tools connect to. Every domain controller of IAD answers them, whatever is
-- listed.
local function targets_of(s, tools)
  local hosts, found, listed = lists.by_id(s.hosts), {}, {}
  for _, id in ipairs(tools.targets) do
    listed[id] = true
    table.insert(found, hosts[id])
  end
  for _, host in ipairs(s.hosts) do
    local answers = host.role == "dc" and host.service ~= "ctx" and host.state == "running"
    if answers and not listed[host.id] then
      table.insert(found, host)
    end
  end
  return found
end

-- ---- the parameters ----

local parameters = {
  max_addresses = {
    type = "integer", default = 4096, min = 1, max = 2147483647, unit = { en = "addresses", ja = "アドレス" },
    doc = {
      en = "IPv4 addresses that the allow-list of the portal may let in, all entries together",
      ja = "ポータルの許可リストで許可してよい IPv4 アドレスの総数",
    },
    source = {
      en = "Proposal of this pack for administrators (a /20); half of the internet, 2^31, can never be allowed",
      ja = "管理者向けの本パックの提案（/20 相当）。インターネットの半分（2^31）は常に許可しない",
    },
  },
  max_ipv6_networks = {
    type = "integer", default = 256, min = 0, max = 4294967295, unit = { en = "/64 networks", ja = "/64 ネットワーク" },
    doc = {
      en = "IPv6 /64 networks that the allow-list may let in; whoever has one address of a /64 has them all",
      ja = "許可リストで許可してよい IPv6 の /64 ネットワーク数（/64 内のアドレスはすべて使えるとみなす）",
    },
    source = {
      en = "Proposal of this pack: a /56, which is what one site is given (RFC 6177)",
      ja = "本パックの提案：1拠点への割り当てに相当する /56（RFC 6177）",
    },
  },
  unused_entry_days = {
    type = "integer", default = 180, min = 1, unit = { en = "days", ja = "日" },
    doc = {
      en = "Days without a sign-in after which an entry of the allow-list is stale",
      ja = "許可リストの登録を不要とみなすまでの未使用日数",
    },
    source = {
      en = "Proposal of this pack",
      ja = "本パックの提案",
    },
  },
  mfa_required = {
    type = "boolean", default = true,
    doc = {
      en = "The portal's multi-factor option has to be contracted; false for tenants that accepted the risk",
      ja = "ポータルの多要素認証オプションの契約を必須とするか（リスク受容済みの場合は false）",
    },
    source = {
      en = "Proposal of this pack; the white papers offer the option and do not require it",
      ja = "本パックの提案。ホワイトペーパーではオプションであり、必須ではない",
    },
  },
  require_phishing_resistant = {
    type = "boolean", default = true,
    doc = {
      en = "Every administrator needs a registered method that resists phishing",
      ja = "管理者全員にフィッシング耐性のある認証方法の登録を求めるか",
    },
    source = {
      en = "CISA SCuBA MS.AAD.3.6v1 (highly privileged roles)",
      ja = "CISA SCuBA MS.AAD.3.6v1（高い権限を持つロール）",
    },
  },
  accepted_methods = {
    type = "list", default = { "fido2", "client_certificate", "windows_hello" },
    one_of = { "fido2", "client_certificate", "windows_hello", "authenticator", "totp", "hardware_token" },
    doc = {
      en = "Methods that satisfy the above",
      ja = "上記を満たすものとして認める認証方法",
    },
    source = {
      en = "White papers, 9.2.3 (FIDO2, client certificate and others); CISA SCuBA MS.AAD.3.1v1",
      ja = "ホワイトペーパー 9.2.3（FIDO2、クライアント証明書など）、CISA SCuBA MS.AAD.3.1v1",
    },
  },
  cert_counts_as_mfa = {
    type = "boolean", default = true,
    doc = {
      en = "A client certificate is a second factor beside the password, although it proves the device",
      ja = "クライアント証明書（デバイス認証）をパスワードに加わる第二の要素として認めるか",
    },
    source = {
      en = "White papers, 9.2.3: certificates are offered as device authentication within the option",
      ja = "ホワイトペーパー 9.2.3：証明書はオプションのデバイス認証として提供",
    },
  },
  weak_methods = {
    type = "list", default = { "sms", "voice", "email_otp", "security_questions", "temporary_access_pass" },
    one_of = { "sms", "voice", "email_otp", "security_questions", "temporary_access_pass", "totp",
      "authenticator" },
    doc = {
      en = "Methods that administrators must not be able to fall back on",
      ja = "管理者が代替手段として使えてはならない認証方法",
    },
    source = {
      en = "CISA SCuBA MS.AAD.3.5v1; security questions and temporary access passes by this pack",
      ja = "CISA SCuBA MS.AAD.3.5v1。秘密の質問と一時アクセスパスは本パックで追加",
    },
  },
  privileged_roles = privilege.ROLES_PARAM,
  customer_network_zones = {
    type = "list", default = {},
    doc = {
      en = "Ids of the zones that are customer networks; empty: zones of the role customer, and the "
        .. "customer's own zones of the role jump",
      ja = "お客様ネットワークとみなすゾーンの ID（空の場合は、役割が customer のゾーンと、お客様側の jump ゾーン）",
    },
    source = {
      en = "White paper IAD, 9.2.3: tools and console from the customer's network only",
      ja = "IAD のホワイトペーパー 9.2.3：管理ツールと管理画面の利用はお客様のネットワークからのみ",
    },
  },
  probe_max_age_days = {
    type = "integer", default = 90, min = 1, unit = { en = "days", ja = "日" },
    doc = {
      en = "Age at which an attempt from the internet no longer shows anything",
      ja = "インターネットからの到達確認を有効とみなす日数",
    },
    source = {
      en = "Proposal of this pack",
      ja = "本パックの提案",
    },
  },
  min_admins = {
    type = "integer", default = 2, min = 1, unit = { en = "persons", ja = "人" },
    doc = {
      en = "Fewest persons with the role Global Administrator",
      ja = "グローバル管理者の最少人数",
    },
    source = "CISA SCuBA MS.AAD.7.1v1",
  },
  max_admins = {
    type = "integer", default = 8, min = 1, unit = { en = "persons", ja = "人" },
    doc = {
      en = "Most persons with the role Global Administrator",
      ja = "グローバル管理者の最多人数",
    },
    source = "CISA SCuBA MS.AAD.7.1v1",
  },
  permanent_assignments = {
    type = "list", default = {},
    doc = {
      en = "Ids of assignments, accounts or groups that may hold a privileged role permanently",
      ja = "特権ロールの恒久的な割り当てを認める、割り当て・アカウント・グループの ID",
    },
    source = {
      en = "The tenant's own decision; none by default",
      ja = "テナントが決める事項（既定では指定なし）",
    },
  },
  max_assignment_days = {
    type = "integer", default = 1096, min = 1, unit = { en = "days", ja = "日" },
    doc = {
      en = "An assignment whose end lies further ahead than this is permanent",
      ja = "終了日時までの日数がこれを超える割り当ては、恒久的な割り当てとみなす",
    },
    source = {
      en = "Proposal of this pack: three years; Entra PIM offers a year at most. Products write 9999-12-31 for "
        .. "never",
      ja = "本パックの提案：3年（Entra PIM では最長1年）。無期限を 9999-12-31 と記録する製品があるため",
    },
  },
  break_glass_accounts = {
    type = "list", default = {},
    doc = {
      en = "Ids of the break-glass accounts; when given, nobody else is one, whatever the snapshot says",
      ja = "緊急アクセス用アカウントの ID（指定した場合、これ以外は緊急アクセス用とみなさない）",
    },
    source = {
      en = "The tenant's own decision; empty: the kind that the snapshot says",
      ja = "テナントが決める事項（空の場合はスナップショットに記載の種類）",
    },
  },
  min_break_glass = {
    type = "integer", default = 2, min = 1, unit = { en = "accounts", ja = "アカウント" },
    doc = { en = "Fewest break-glass accounts", ja = "緊急アクセス用アカウントの最少数" },
    source = {
      en = "Microsoft, Manage emergency access accounts in Microsoft Entra ID: two or more",
      ja = "Microsoft「Microsoft Entra ID で緊急アクセス用管理者アカウントを管理する」：2つ以上",
    },
  },
  max_break_glass = {
    type = "integer", default = 4, min = 1, unit = { en = "accounts", ja = "アカウント" },
    doc = {
      en = "Most break-glass accounts, so that administrators cannot hide among them",
      ja = "緊急アクセス用アカウントの最多数（通常の管理者が紛れることを防ぐ）",
    },
    source = {
      en = "Proposal of this pack",
      ja = "本パックの提案",
    },
  },
  break_glass_password_length = {
    type = "integer", default = 32, min = 14, unit = { en = "characters", ja = "文字" },
    doc = {
      en = "Shortest password of a break-glass account",
      ja = "緊急アクセス用アカウントのパスワードの最小文字数",
    },
    source = {
      en = "Proposal of this pack: longer than anybody types from memory",
      ja = "本パックの提案：暗記して入力できる長さを超えること",
    },
  },
  break_glass_review_days = {
    type = "integer", default = 90, min = 1, unit = { en = "days", ja = "日" },
    doc = {
      en = "Days within which break-glass accounts have to be reviewed",
      ja = "緊急アクセス用アカウントの点検間隔",
    },
    source = {
      en = "Microsoft, Manage emergency access accounts in Microsoft Entra ID: at least every 90 days",
      ja = "Microsoft「Microsoft Entra ID で緊急アクセス用管理者アカウントを管理する」：少なくとも 90 日ごと",
    },
  },
  cloud_only_admins = {
    type = "boolean", default = true,
    doc = {
      en = "Administrators of Entra must not be synchronised from Active Directory",
      ja = "Entra の管理者を AD から同期しないこと（クラウド専用）を求めるか",
    },
    source = "CISA SCuBA MS.AAD.7.3v1",
  },
}

return {
  title      = { en = "Management of privileged access rights", ja = "特権的アクセス権の管理" },
  severity   = "critical",
  owner      = { iad = "customer", ctx = "customer" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 9.2.3", "ISO/IEC 27002:2013 9.2.3", "ISO/IEC 27001:2022 A.8.2",
    "CISA SCuBA MS.AAD.3.1v1", "CISA SCuBA MS.AAD.3.6v1", "CISA SCuBA MS.AAD.7.1v1", "CISA SCuBA MS.AAD.7.3v1",
    "IIJ-IAD012-0002 1.1 5.3", "IIJ-VDS051-0002 1.1 5.3",
  },
  tags       = { "privilege", "mfa", "network" },
  params     = parameters,

  rules = {
    -- ---- plane (a): the portal ----
    {
      id    = "portal-not-password-alone", ref = "R4",
      title = {
        en = "No way into the portal rests on a password alone",
        ja = "ポータルのどの経路もパスワードのみで利用できない",
      },
      fix   = {
        en = "Switch on the restriction of source IP addresses for administrators in the portal, for every "
          .. "way in; better, contract the multi-factor option of IIJ ID and enforce it as well.",
        ja = "ポータルの管理者のアクセス元 IP アドレス制限を、すべての経路について有効にしてください。さらに IIJ ID "
          .. "サービスの多要素認証オプションを契約し、強制適用することを推奨します。",
      },
      check = function(s, params, as_of)
        local portal = s.portals.customer_portal
        local restricted = access.restricts(portal, params)
        local asked, unprotected = false, nil
        for _, path in ipairs(portal.access_paths) do
          local name = path.id
          local held = restricted and path.ip_allowlist_applied
          if not held then
            if not asked then
              asked, unprotected = true, unprotected_administrator(s, params, as_of)
            end
            held = path.mfa_applied and unprotected == nil
            local _ = path.mfa_applied and path.id -- what decides then is not the path's
          end
          ensure(held, path, {
            en = "{path} is held neither by the allow-list nor by multi-factor authentication "
              .. "(administrator without it: {account})",
            ja = "{path} は、許可リストによる制限も多要素認証の強制適用もありません（未適用の管理者：{account}）",
          }, { path = name, account = unprotected or { en = "the path itself leaves it out",
            ja = "経路自体が対象外" } })
        end
      end,
    },
    {
      id    = "portal-allow-list", ref = "R1", severity = "high",
      title = {
        en = "Administrators sign in to the portal from listed networks only",
        ja = "ポータルの管理者は許可リストのネットワークからのみサインインできる",
      },
      fix   = {
        en = "In the portal switch on the restriction of source IP addresses, list only the addresses of your own "
          .. "exits, and see that it holds for the API, apps and IPv6 too.",
        ja = "ポータルでアクセス元 IP アドレス制限を有効にし、自社の出口アドレスのみを登録してください。API、アプリ、"
          .. "IPv6 にも適用されることを確認してください。",
      },
      check = function(s, params)
        local portal = s.portals.customer_portal
        local list = portal.ip_allowlist
        ensure(list.enabled, list, {
          en = "the allow-list is switched off",
          ja = "許可リスト（アクセス元 IP アドレス制限）が無効です",
        })
        ensure(list.mode == "enforce", list, {
          en = "the allow-list only records who it would refuse",
          ja = "許可リストが記録のみの設定で、接続を拒否しません",
        })

        local open_when_empty = list.empty_means == "allow"
        ensure(not is_empty(list.entries), list, open_when_empty and {
          en = "the allow-list is empty, which lets everybody in",
          ja = "許可リストが空です。この製品では、空の場合すべての接続が許可されます",
        } or {
          en = "the allow-list is empty: no network is listed",
          ja = "許可リストが空で、ネットワークが登録されていません",
        })

        for _, path in ipairs(portal.access_paths) do
          local values = { path = path.id, url = path.endpoint.url }
          ensure(path.ip_allowlist_applied, path, {
            en = "the allow-list does not hold for {path} ({url})",
            ja = "{path}（{url}）には許可リストが適用されません",
          }, values)
        end

        local open_path, open_address
        if list.ipv6 == "unrestricted" then
          open_path, open_address = access.ipv6_path(portal)
        end
        ensure(list.ipv6 ~= "unrestricted" or open_path == nil, list, {
          en = "IPv6 is not restricted, and the portal answers on {address}",
          ja = "IPv6 が制限されておらず、ポータルは {address} で応答します",
        }, { address = open_address or "" })

        ensure(access.knows_sender(list), list, {
          en = "the address is taken from a forwarded header that anybody can write",
          ja = "誰でも偽装できる転送ヘッダーのアドレスで判定しています",
        })

        if is_empty(list.entries) then
          return
        end
        ensure(access.lists_somebody(list.entries), list.entries, {
          en = "the allow-list only denies: no network is listed",
          ja = "許可リストに拒否の登録しかなく、許可するネットワークが登録されていません",
        })
        local size = access.size(list.entries)
        if size == nil then
          return
        end
        local named = false
        for _, share in ipairs(size.shares) do
          local entry = share.entry
          local values = limits(share, params)
          values.description, values.address = entry.description, entry.address
          local small = access.is_small(share, params)
          named = named or not small
          ensure(small, entry, share.ipv4 > params.max_addresses and {
            en = "the entry {address} ({description}) alone lets in {count} IPv4 addresses; the limit of the list is "
              .. "{limit}",
            ja = "登録 {address}（{description}）だけで IPv4 アドレス {count} 個を許可します（リスト全体の上限 {limit} 個）",
          } or {
            en = "the entry {address} ({description}) alone lets in {networks} IPv6 networks (/64); the limit of the "
              .. "list is {network_limit}",
            ja = "登録 {address}（{description}）だけで IPv6 の /64 ネットワーク {networks} 個を許可します"
              .. "（リスト全体の上限 {network_limit} 個）",
          }, values)
        end
        if not named then
          local values = limits(size, params)
          values.entries = #list.entries
          ensure(access.is_small(size, params), list.entries, size.ipv4 > params.max_addresses and {
            en = "the {entries} entries together let in {count} IPv4 addresses; the limit is {limit}",
            ja = "登録 {entries} 件の合計で IPv4 アドレス {count} 個を許可します（上限 {limit} 個）",
          } or {
            en = "the {entries} entries together let in {networks} IPv6 networks (/64); the limit is {network_limit}",
            ja = "登録 {entries} 件の合計で IPv6 の /64 ネットワーク {networks} 個を許可します（上限 {network_limit} 個）",
          }, values)
        end
        access.remarks(list.entries)
      end,
    },
    {
      id    = "portal-allow-list-current", ref = "R1", severity = "medium",
      title = {
        en = "The portal's allow-list holds no stale entries",
        ja = "ポータルの許可リストに不要な登録が残っていない",
      },
      fix   = {
        en = "Remove the entry from the portal's restriction of source IP addresses, or record why it is still needed "
          .. "and until when.",
        ja = "該当の登録をポータルのアクセス元 IP アドレス制限から削除するか、必要な理由と有効期限を更新してください。",
      },
      check = function(s, params, as_of)
        local entries = s.portals.customer_portal.ip_allowlist.entries
        if is_empty(entries) then
          not_applicable({ en = "the allow-list is empty", ja = "許可リストが空のため" })
        end
        local zone = s.tenant.time_zone
        for _, entry in ipairs(entries) do
          local values = { address = entry.address, description = entry.description,
            expires = get(entry, "expires", ""), limit = params.unused_entry_days }
          local ended = has(entry, "expires") and time.day(as_of, zone) > time.day(entry.expires, zone)
          ensure(not ended, entry, {
            en = "the entry {address} ({description}) was wanted until {expires} only",
            ja = "登録 {address}（{description}）は有効期限（{expires}）を過ぎています",
          }, values)

          values.unused = has(entry, "last_seen") and time.age_days(entry.last_seen, as_of, zone) or 0
          ensure(values.unused <= params.unused_entry_days, entry, {
            en = "nobody has signed in from {address} ({description}) for {unused} days; the limit is {limit} days",
            ja = "{address}（{description}）からのサインインが {unused} 日間ありません（上限 {limit} 日）",
          }, values)
          if not has(entry, "ticket") then
            note({
              en = "{address} ({description}) names no request that it was added for",
              ja = "{address}（{description}）には申請番号がありません",
            }, values)
          end
        end
      end,
    },
    {
      id    = "portal-mfa", ref = "R2", severity = "high",
      when  = { option = "mfa_option" },
      title = {
        en = "Multi-factor authentication is enforced on all administrators of the portal",
        ja = "ポータルの管理者全員に多要素認証を強制適用している",
      },
      fix   = {
        en = "In IIJ ID make a sign-in policy for all administrators and the portal that demands a second factor, "
          .. "from everywhere and without exclusions, and switch it on; see that API and apps demand it too.",
        ja = "IIJ ID で、管理者全員とポータルを対象に、場所の条件や対象外を設けず多要素認証を要求するサインインポリシーを"
          .. "作成し、有効にしてください。API やアプリにも適用されることを確認してください。",
      },
      check = function(s, params, as_of)
        ensure_enforced(s, params, as_of, PORTAL_ADMIN, privilege.PORTAL)
        for _, path in ipairs(s.portals.customer_portal.access_paths) do
          local values = { path = path.id, kind = path.kind, url = path.endpoint.url }
          ensure(path.mfa_applied, path, {
            en = "{path} ({kind}, {url}) lets administrators in without a second factor",
            ja = "{path}（{kind}、{url}）では多要素認証なしでサインインできます",
          }, values)
        end
      end,
    },
    {
      id    = "mfa-option-contracted", ref = "R4", severity = "high",
      title = {
        en = "The portal's multi-factor option is contracted",
        ja = "ポータルの多要素認証オプションを契約している",
      },
      fix   = {
        en = "Contract the multi-factor option of the IIJ ID service; where the risk is accepted instead, register a "
          .. "waiver with its approver and expiry.",
        ja = "IIJ ID サービスの多要素認証オプションを契約してください。リスクを受容する場合は、承認者と有効期限を定めて"
          .. "例外申請を登録してください。",
      },
      check = function(s, params)
        if not params.mfa_required then
          not_applicable({ en = "mfa_required is false", ja = "mfa_required が false のため" })
        end
        local contract = s.contract
        local options = maybe_empty(contract.options)
        ensure(lists.contains(options, "mfa_option"), contract, {
          en = "the multi-factor option is not contracted (options that are: {count}), so that the portal knows "
            .. "only ID, password and source address",
          ja = "多要素認証オプションの契約がなく（契約中のオプション {count} 件）、ポータルの認証は ID・パスワードとアクセス元 IP "
            .. "アドレスに限られます",
        }, { count = #options })
      end,
    },
    {
      id    = "portal-phishing-resistant", ref = "R3", severity = "high",
      when  = { option = "mfa_option" },
      title = {
        en = "Every administrator of the portal has a method that resists phishing",
        ja = "ポータルの管理者全員がフィッシング耐性のある認証方法を登録している",
      },
      fix   = {
        en = "Have the administrator register a FIDO2 key or a client certificate in IIJ ID (better two), and allow "
          .. "that method in the tenant.",
        ja = "該当の管理者に、IIJ ID で FIDO2 認証器またはクライアント証明書を（できれば予備を含め 2 つ）登録させ、"
          .. "テナントでその方法を許可してください。",
      },
      check = function(s, params, as_of)
        ensure_strong(s, params, as_of, PORTAL_ADMIN, privilege.PORTAL)
      end,
    },

    -- ---- plane (c): Entra and the clouds ----
    {
      id    = "cloud-mfa", ref = "R2",
      title = {
        en = "Multi-factor authentication is enforced on all administrators of Entra, Azure and Citrix Cloud",
        ja = "Entra・Azure・Citrix Cloud の管理者全員に多要素認証を強制適用している",
      },
      fix   = {
        en = "Create a conditional access policy for the administrators' roles and all resources that demands "
          .. "multi-factor authentication in all clients and from all locations, switch it on (not report-only), and "
          .. "exclude nobody but the break-glass accounts.",
        ja = "管理者ロールとすべてのリソースを対象に、すべてのクライアントと場所で多要素認証を要求する条件付きアクセス "
          .. "ポリシーを作成し、「オン」にしてください（「レポート専用」は不可）。対象外は緊急アクセス用アカウントのみと"
          .. "してください。",
      },
      check = function(s, params, as_of)
        privilege.needs_entra(s)
        ensure_enforced(s, params, as_of, CLOUD_ADMIN, privilege.CLOUD)
      end,
    },
    {
      id    = "cloud-phishing-resistant", ref = "R3", severity = "high",
      title = {
        en = "Every administrator of Entra, Azure and Citrix Cloud has a method that resists phishing",
        ja = "Entra・Azure・Citrix Cloud の管理者全員がフィッシング耐性のある認証方法を登録している",
      },
      fix   = {
        en = "Have the administrator register a FIDO2 key, Windows Hello for Business or a certificate (better two), "
          .. "and allow that method under Authentication methods.",
        ja = "該当の管理者に、FIDO2 セキュリティ キー、Windows Hello for Business または証明書を（できれば予備を含め "
          .. "2 つ）登録させ、「認証方法」でその方法を許可してください。",
      },
      check = function(s, params, as_of)
        privilege.needs_entra(s)
        ensure_strong(s, params, as_of, CLOUD_ADMIN, privilege.CLOUD)
      end,
    },
    {
      id    = "weak-methods-off", ref = "R3", severity = "medium",
      title = {
        en = "Administrators cannot fall back on weak methods",
        ja = "管理者が弱い認証方法を代替手段として使えない",
      },
      fix   = {
        en = "Disallow the method in the tenant, or demand an authentication strength from administrators that does "
          .. "not accept it.",
        ja = "該当の認証方法をテナントで無効にするか、管理者にはその方法を含まない認証強度を要求してください。",
      },
      check = function(s, params, as_of)
        local index = privilege.index(s, params, as_of)
        local function open_to(method)
          local kind, source, groups, found = method.kind, method.source, nil, {}
          if has(method, "groups") then
            groups = method.groups
          end
          for _, account in ipairs(s.identities.accounts) do
            if privilege.is_administrator(index, account, { [source] = true })
              and (groups == nil or privilege.is_member_of_any(index, account.id, groups))
              and not mfa.refuses(s, index, account, kind) then
              table.insert(found, account.upn)
            end
          end
          return found
        end
        for _, method in ipairs(s.authentication.methods) do
          local kind, source, found = method.kind, method.source, {}
          local values = { kind = words.word(words.METHOD, kind), source = words.word(words.SOURCE, source) }
          if source ~= "ad" and lists.contains(params.weak_methods, kind)
            and method.state == "enabled" then
            found = open_to(method)
          end
          values.accounts = words.list(found)
          ensure(method.state == "disabled" or #found == 0, method, {
            en = "{kind} is allowed ({source}), and administrators can fall back on it: {accounts}",
            ja = "{kind} が{source} で許可されており、次の管理者が代替手段として使えます：{accounts}",
          }, values)
        end
      end,
    },
    {
      id    = "service-accounts-restricted", ref = "R2", severity = "high",
      title = {
        en = "Privileged service and synchronisation accounts sign in from their own place only",
        ja = "特権を持つサービス・同期アカウントのサインイン元を限定している",
      },
      fix   = {
        en = "Create a policy that blocks the account everywhere but from the named location of its server, and "
          .. "switch it on; or replace the account with a managed or workload identity.",
        ja = "サーバーの名前付きの場所以外からのサインインをブロックするポリシーを作成し、有効にしてください。"
          .. "マネージド ID などへの置き換えも検討してください。",
      },
      check = function(s, params, as_of)
        local index = privilege.index(s, params, as_of)
        local function is_one(account)
          return privilege.is_privileged_automatic(index, account, privilege.CLOUD)
            or privilege.is_privileged_automatic(index, account, privilege.PORTAL)
        end
        if lists.find(s.identities.accounts, is_one) == nil then
          not_applicable({
            en = "no service or synchronisation account holds a privileged role",
            ja = "特権ロールを持つサービス・同期アカウントがないため",
          })
        end
        local places = lists.by_id(s.conditional_access.named_locations)
        for _, account in each(s.identities.accounts, { en = "a service or synchronisation account",
          ja = "サービス・同期アカウント" }, is_one) do
          local values = { account = account.upn,
            roles = privilege.role_names(privilege.privileged_grants(index, account)) }
          ensure(has(account, "restricted_to"), account, {
            en = "{account} ({roles}) cannot answer a second factor and may sign in from anywhere",
            ja = "{account}（{roles}）は多要素認証に対応できず、サインイン元も限定されていません",
          }, values)
          if has(account, "restricted_to") then
            for _, id in ipairs(account.restricted_to) do
              local place = places[id]
              values.place = place.name
              local size = net.size(maybe_empty(place.ranges))
              ensure(is_empty(place.countries) and size ~= nil and access.is_small(size, params), place, {
                en = "{account} may sign in from {place}, which is a whole country or a very large network",
                ja = "{account} のサインイン元 {place} は、国単位または非常に大きなネットワークです",
              }, values)
            end
            local kept = mfa.is_kept_to(s, index, account, account.restricted_to)
              or mfa.gap(s, index, account) == nil
            is_empty(account.restricted_to) -- what decided lies in the policies; here is what they leave open
            ensure(kept, account, {
              en = "no policy in force blocks {account} ({roles}) elsewhere",
              ja = "{account}（{roles}）を限定した場所以外からブロックする有効なポリシーがありません",
            }, values)
          end
        end
      end,
    },

    -- ---- plane (b): console and tools ----
    {
      id    = "admin-console-customer-network", ref = "R5", severity = "high", owner = "shared",
      when  = { service = "iad", option = "admin_console" },
      title = {
        en = "The admin console can be reached from customer networks only",
        ja = "管理コンソールはお客様ネットワークからのみ接続できる",
      },
      fix   = {
        en = "Ask the provider to bind the console to your administrators' segment, without public addresses, and "
          .. "to remove the zone or address that is too much.",
        ja = "管理コンソールの接続元を管理端末のセグメントに限定し、不要なゾーン・アドレスやパブリック IP を削除するよう、"
          .. "事業者に依頼してください。",
      },
      check = function(s, params, as_of)
        local console = s.portals.admin_console
        for _, address in ipairs(console.endpoint.addresses) do
          ensure(access.is_internal(address), console.endpoint, {
            en = "the console has the address {address}, which is not internal",
            ja = "管理コンソールに内部アドレスではない {address} が割り当てられています",
          }, { address = address })
        end
        ensure_bound(s, console, params)
        ensure_apart_from_operators(s, console)
        ensure_unreachable(s, console.external_probe, params, as_of)
      end,
    },
    {
      id    = "admin-tools-customer-network", ref = "R5", severity = "high", owner = "shared",
      when  = { service = "iad" },
      title = {
        en = "The administration tools work from customer networks only",
        ja = "管理用ツールはお客様ネットワークからのみ利用できる",
      },
      fix   = {
        en = "Ask the provider to accept RDP, WinRM, ADWS, LDAP and RPC on the domain controllers only from your "
          .. "administrators' segment, and to take public addresses off them.",
        ja = "ドメインコントローラーへの RDP・WinRM・ADWS・LDAP・RPC 接続を管理端末のセグメントに限定し、パブリック IP を"
          .. "外すよう、事業者に依頼してください。",
      },
      check = function(s, params, as_of)
        local tools = s.portals.admin_tools
        for _, host in ipairs(targets_of(s, tools)) do
          local id = host.id
          for _, interface in ipairs(host.interfaces) do
            local none = is_null(interface, "public_address")
            ensure(none, interface, {
              en = "{host} has the public address {address}",
              ja = "{host} にパブリック IP {address} が割り当てられています",
            }, { host = id, address = none and "" or interface.public_address })
          end
        end
        ensure_bound(s, tools, params)
        ensure_apart_from_operators(s, tools)
        ensure_unreachable(s, tools.external_probe, params, as_of)
      end,
    },

    -- ---- who holds what ----
    {
      id    = "global-admin-count", ref = "R6", severity = "high",
      title = {
        en = "Not too few and not too many persons are Global Administrators",
        ja = "グローバル管理者の人数が適切な範囲にある",
      },
      fix   = {
        en = "Appoint a second person, or give the others a narrower role; accounts of one person count once, "
          .. "eligible assignments count too.",
        ja = "人数が不足する場合は追加で任命し、多すぎる場合はより限定的なロールに変更してください（同一人物は 1 人、"
          .. "「対象」の割り当ても人数に含みます）。",
      },
      check = function(s, params, as_of)
        privilege.needs_entra(s)
        local index = privilege.index(s, params, as_of)
        local function persons(role_id)
          local count, seen = 0, {}
          for _, account in ipairs(s.identities.accounts) do
            local holds = lists.find(privilege.grants(index, account), function(grant)
              return grant.role_id == role_id
            end)
            local owner = holds and not privilege.is_automatic(account) and privilege.is_usable(account, as_of)
              and text.normalise(account.owner)
            if owner and not seen[owner] then
              seen[owner] = true
              count = count + 1
            end
          end
          return count
        end
        for _, role in each(s.identities.roles, { en = "a role of Global Administrators",
          ja = "グローバル管理者のロール" }, function(role)
          return role.source == "entra" and role.top_level
        end) do
          local count = persons(role.id)
          local values = { count = count, least = params.min_admins, most = params.max_admins, role = role.name }
          ensure(count >= params.min_admins, role, {
            en = "{count} persons hold {role}; at least {least} are needed",
            ja = "{role} の保持者が {count} 人です（{least} 人以上必要）",
          }, values)
          ensure(count <= params.max_admins, role, {
            en = "{count} persons hold {role}; at most {most} may",
            ja = "{role} の保持者が {count} 人です（上限 {most} 人）",
          }, values)
        end
      end,
    },
    {
      id    = "no-permanent-assignments", ref = "R7", severity = "high",
      title = {
        en = "Privileged roles are activated for a time, not held permanently",
        ja = "特権ロールは恒久的に割り当てず、期間を定めて有効化している",
      },
      fix   = {
        en = "Make the assignment eligible, or give it an end, in Privileged Identity Management or the product in "
          .. "use; list those that have to stay in permanent_assignments.",
        ja = "Privileged Identity Management（または使用中の製品）で、割り当てを「対象」に変更するか終了日時を設定して"
          .. "ください。残す必要がある場合は permanent_assignments に登録してください。",
      },
      check = function(s, params, as_of)
        local kind = s.identities.pam.kind
        if kind == "none" then
          not_applicable({
            en = "the tenant has neither Entra PIM nor another management of privileged access",
            ja = "Entra PIM などの特権アクセス管理を使用していないため",
          })
        end
        local index = privilege.index(s, params, as_of)
        local managed = kind == "entra_pim" and { entra = true, azure = true }
          or { entra = true, azure = true, citrix = true, portal = true, ad = true }
        local function may_stay(assignment)
          local group = assignment.principal == "group" and assignment.group
          local account = assignment.principal == "account" and index.accounts[assignment.account]
          local allowed = params.permanent_assignments
          return lists.contains(allowed, assignment.id) or (group and lists.contains(allowed, group))
            or (account and (lists.contains(allowed, account.id) or privilege.is_automatic(account)
              or privilege.is_break_glass(account, params)))
        end
        for _, assignment in each(s.identities.assignments, { en = "an assignment under that management",
          ja = "管理対象の割り当て" }, function(assignment)
          local role = index.roles[assignment.role]
          return privilege.is_privileged_role(role, params) and managed[role.source] == true
        end) do
          local holder = assignment.principal
          if holder == "account" then
            holder = index.accounts[assignment.account].upn
          elseif holder == "group" then
            holder = index.groups[assignment.group].name
          end
          local values = { holder = holder, role = index.roles[assignment.role].name, id = assignment.id }
          local stays = may_stay(assignment) or assignment.kind == "eligible"
          ensure(stays or not is_permanent(assignment, params, as_of), assignment, {
            en = "{holder} holds {role} permanently (assignment {id})",
            ja = "{holder} に {role} が恒久的に割り当てられています（割り当て {id}）",
          }, values)
        end
      end,
    },
    {
      id    = "no-orphaned-privileges", ref = "R2", severity = "high",
      title = {
        en = "No privileged role is left with a disabled, deleted or unknown account",
        ja = "無効・削除済み・実体のないアカウントに特権ロールが残っていない",
      },
      fix   = {
        en = "Remove the assignment, or the account from the group that holds the role.",
        ja = "該当の割り当てを削除するか、ロールを持つグループからアカウントを外してください。",
      },
      check = function(s, params, as_of)
        local index = privilege.index(s, params, as_of)
        for _, assignment in ipairs(index.assignments) do
          local values = { role = index.roles[assignment.role].name, holder = "" }
          if assignment.principal == "unresolved" then
            values.holder = assignment.unresolved_id
          end
          ensure(assignment.principal ~= "unresolved", assignment, {
            en = "{role} is held by {holder}, behind which there is no account",
            ja = "{role} が実体のない識別子 {holder} に割り当てられています",
          }, values)
        end
        for _, account in each(s.identities.accounts, { en = "an account with a privileged role",
          ja = "特権ロールを持つアカウント" }, function(account)
          return #privilege.privileged_grants(index, account) > 0
        end) do
          local values = { account = account.upn,
            roles = privilege.role_names(privilege.privileged_grants(index, account)) }
          ensure(not has(account, "deleted_at"), account, {
            en = "{account} is deleted and still holds {roles}",
            ja = "{account} は削除済みですが、{roles} が残っています",
          }, values)
          ensure(account.enabled, account, {
            en = "{account} is disabled and still holds {roles}",
            ja = "{account} は無効ですが、{roles} が残っています",
          }, values)
        end
      end,
    },
    {
      id    = "break-glass-accounts", ref = "R8", severity = "high",
      title = {
        en = "There are break-glass accounts that work when nothing else does",
        ja = "他の手段が使えないときに利用できる緊急アクセス用アカウントがある",
      },
      fix   = {
        en = "Keep two to four cloud-only break-glass accounts, each with a FIDO2 key or certificate kept in a safe "
          .. "and a privileged role that is always on, and exclude them from the conditional access policies.",
        ja = "クラウド専用の緊急アクセス用アカウントを 2～4 個用意し、それぞれ金庫等で保管する FIDO2 セキュリティ キー"
          .. "または証明書を登録し、特権ロールを常時有効で割り当てたうえで、条件付きアクセス ポリシーの対象外にしてください。",
      },
      check = function(s, params, as_of)
        privilege.needs_entra(s)
        local index = privilege.index(s, params, as_of)
        local count = 0
        for _, account in ipairs(break_glass(s, params, as_of)) do
          local values = { account = account.upn, policy = "" }
          count = count + 1
          if account.source == "entra" then
            ensure(account.synced_from_ad == false, account, {
              en = "{account} is synchronised from Active Directory, and fails when that does",
              ja = "{account} は AD から同期されており、AD の障害時に利用できません",
            }, values)
          end

          local standing = lists.find(privilege.privileged_grants(index, account), function(grant)
            return stands(grant, as_of)
          end)
          local _ = account.id -- what it holds lies in the assignments; here is who lacks it
          ensure(standing ~= nil, account, {
            en = "{account} holds no privileged role that is always on, so it can repair nothing",
            ja = "{account} に常時有効な特権ロールの割り当てがなく、緊急時の復旧に使えません",
          }, values)

          local policy = mfa.binding_policy(s, index, account)
          values.policy = policy and policy.name or ""
          local _ = account.id -- and what binds it, in the policies
          ensure(policy == nil, account, {
            en = "{account} is bound by the policy {policy}, and could be locked out by it",
            ja = "{account} がポリシー「{policy}」の対象で、締め出されるおそれがあります",
          }, values)

          local keys, wrong = mfa.usable(s, index, account, { "fido2", "client_certificate" }, as_of)
          values.why = wrong.why
          ensure(keys > 0, mfa.point_at(wrong, account), {
            en = "{account} has no usable FIDO2 key or certificate: {why}",
            ja = "{account} には使用できる FIDO2 セキュリティ キーまたは証明書がありません：{why}",
          }, values)
        end
        local accounts = s.identities.accounts
        local values = { total = #accounts, count = count, least = params.min_break_glass,
          most = params.max_break_glass }
        ensure(count >= params.min_break_glass, accounts, {
          en = "{count} break-glass accounts are enabled; at least {least} are needed",
          ja = "有効な緊急アクセス用アカウントが {count} 個です（{least} 個以上必要）",
        }, values)
        ensure(count <= params.max_break_glass, accounts, {
          en = "{count} break-glass accounts are enabled; at most {most} may be",
          ja = "有効な緊急アクセス用アカウントが {count} 個です（上限 {most} 個）",
        }, values)
      end,
    },
    {
      id    = "break-glass-care", ref = "R8", severity = "medium",
      title = {
        en = "Break-glass accounts are watched, reviewed and hard to guess",
        ja = "緊急アクセス用アカウントを監視・点検し、十分に長いパスワードを設定している",
      },
      fix   = {
        en = "Set a long random password, raise an alert on every sign-in that reaches somebody, and test and review "
          .. "the accounts regularly.",
        ja = "十分に長いランダムなパスワードを設定し、サインイン時に担当者へ届くアラートを有効にしたうえで、定期的に試験・"
          .. "点検を行ってください。",
      },
      check = function(s, params, as_of)
        privilege.needs_entra(s)
        local zone, accounts = s.tenant.time_zone, break_glass(s, params, as_of)
        if #accounts == 0 then
          not_applicable({ en = "there is no break-glass account", ja = "緊急アクセス用アカウントがないため" })
        end
        for _, account in ipairs(accounts) do
          local care = account.break_glass
          local values = { account = account.upn, least = params.break_glass_password_length,
            length = care.password_length, limit = params.break_glass_review_days }
          ensure(care.password_length >= params.break_glass_password_length, care, {
            en = "the password of {account} has {length} characters; at least {least} are needed",
            ja = "{account} のパスワードは {length} 文字です（{least} 文字以上必要）",
          }, values)

          values.age = time.age_days(care.reviewed_at, as_of, zone)
          if values.age ~= nil then
            ensure(values.age <= params.break_glass_review_days, care, {
              en = "{account} was last reviewed {age} days ago; the limit is {limit} days",
              ja = "{account} の直近の点検は {age} 日前です（上限 {limit} 日）",
            }, values)
          end

          local silent = is_null(care, "alert")
          ensure(not silent, care, {
            en = "the use of {account} raises no alert",
            ja = "{account} の使用時にアラートが発報されません",
          }, values)
          if not silent then
            local alert = lists.by_id(s.logging.alerts)[care.alert]
            values.alert = care.alert
            ensure(alert.enabled and not is_empty(alert.recipients) and not is_empty(alert.channels), alert, {
              en = "the alert {alert} on the use of {account} is switched off or reaches nobody",
              ja = "{account} の使用を知らせるアラート {alert} が無効か、通知先・通知手段がありません",
            }, values)
            ensure(SIGN_IN_ALERT[alert.kind] == true, alert, {
              en = "the alert {alert} is raised by something else than the use of {account}",
              ja = "アラート {alert} は {account} の使用とは別の事象を通知するものです",
            }, values)
          end
        end
      end,
    },
    {
      id    = "cloud-only-admins", ref = "R9", severity = "high",
      when  = { option = "entra_connect" },
      title = {
        en = "Administrators of Entra are not synchronised from Active Directory",
        ja = "Entra の管理者はクラウド専用アカウントで、AD から同期していない",
      },
      fix   = {
        en = "Give the person a separate cloud-only account for the role, and take the role from the synchronised one.",
        ja = "管理用にクラウド専用アカウントを別途作成し、同期されたアカウントからロールを外してください。",
      },
      check = function(s, params, as_of)
        if not params.cloud_only_admins then
          not_applicable({ en = "cloud_only_admins is false", ja = "cloud_only_admins が false のため" })
        end
        local index = privilege.index(s, params, as_of)
        for _, account in each(s.identities.accounts, { en = "an account of Entra with a privileged role",
          ja = "特権ロールを持つ Entra のアカウント" }, function(account)
          return account.source == "entra" and #privilege.privileged_grants(index, account) > 0
            and privilege.is_usable(account, as_of)
        end) do
          local values = { account = account.upn,
            roles = privilege.role_names(privilege.privileged_grants(index, account)) }
          ensure(account.synced_from_ad == false, account, {
            en = "{account} ({roles}) is synchronised from Active Directory, and falls with it",
            ja = "{account}（{roles}）は AD から同期されており、AD の侵害がクラウドに波及します",
          }, values)
        end
      end,
    },
  },
}
