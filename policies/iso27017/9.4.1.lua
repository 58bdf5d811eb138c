-- 9.4.1 Information access restriction
-- SPDX-License-Identifier: Apache-2.0
--
-- What rights reach, against what is written about them; and the settings by which people reach
-- more than was meant: shares, guests, consent to applications, delivery groups, channels between
-- a session and the user's device, and rights of Active Directory that amount to all others.

local accounts = use("accounts")
local lists = use("lists")
local privilege = use("privilege")
local scope = use("scope")
local shares = use("shares")

-- ---- R1 ----

local function check_scope(s, what, of_service)
  for _, role in each(s.identities.roles, what, function(role)
    return scope.is_of_service(s, role) == of_service
  end) do
    local surplus = scope.undocumented(role)
    local values = { role = role.name, surplus = table.concat(surplus, ", ") }
    local _ = #role.permissions
    ensure(#surplus == 0, role, {
      en = "{role} grants what its documents do not name: {surplus}",
      ja = "{role} に、文書化された範囲外の権限が付与されています：{surplus}",
    }, values)
  end
end

-- ---- R2 ----

local WRITES = { create = true, modify = true, full = true }

local RIGHTS = {
  read = { en = "read", ja = "読み取り" }, create = { en = "create", ja = "作成" },
  modify = { en = "modify", ja = "変更" }, full = { en = "full control", ja = "フルコントロール" },
}

local function is_profile_share(share)
  return share.dataset == "profile_data"
end

-- Users have to make their own folder, and see nothing of the others'.
local function is_private(entry)
  return entry.applies_to == "this_folder_only" and (entry.rights == "create" or entry.rights == "read")
end

local function check_open_share(share, params)
  local path = share.path
  for _, allowed in shares.allowed(share) do
    local entry, values = allowed.entry, { path = path, principal = allowed.entry.principal }
    local broad = shares.is_one_of(allowed.principal, params.broad_principals)
    values.rights = RIGHTS[entry.rights]
    local harmless = is_profile_share(share) and is_private(entry)
    local _ = entry.rights
    ensure(harmless or not (broad and WRITES[entry.rights] == true), entry, {
      en = "{principal} can write to {path}: the entry allows \"{rights}\"",
      ja = "{principal} に {path} への「{rights}」が許可されています",
    }, values)
  end
  ensure(true, share)
end

local APPLIES_TO = {
  this_folder_only = { en = "this folder only", ja = "このフォルダーのみ" },
  subfolders_and_files = { en = "subfolders and files", ja = "サブフォルダーとファイル" },
  everything = { en = "this folder, subfolders and files", ja = "このフォルダー、サブフォルダーとファイル" },
}

local function check_profile_share(share, params)
  local path = share.path
  for _, allowed in shares.allowed(share) do
    local entry, values = allowed.entry, { path = path, principal = allowed.entry.principal }
    local trusted = shares.is_one_of(allowed.principal, params.trusted_principals)
    values.applies_to, values.rights = APPLIES_TO[entry.applies_to], RIGHTS[entry.rights]
    ensure(trusted or is_private(entry), entry, {
      en = "{principal} reaches other people's profiles on {path}: \"{rights}\" applies to {applies_to}",
      ja = "{principal} に {path} の他の利用者のプロファイルへの「{rights}」が許可されています（適用先：{applies_to}）",
    }, values)
  end
  ensure(true, share)
end

-- ---- session policies ----

local ENABLED_POLICY = { en = "a session policy in force", ja = "有効なセッションポリシー" }

local function policies_in_force(s)
  return each(s.citrix.session_policies, ENABLED_POLICY, function(policy) return policy.enabled end)
end

local CHANNELS = {
  { key = "clipboard", en = "the clipboard", ja = "クリップボード" },
  { key = "client_drives", en = "client drives", ja = "ローカルドライブ" },
  { key = "usb", en = "USB redirection", ja = "USB リダイレクト" },
}

local function is_justified(policy)
  return has(policy, "justification") and text.normalise(policy.justification) ~= ""
end

-- Words of the settings, as the reports say them.
local WORDS = {
  off = { en = "off", ja = "無効" }, to_session = { en = "into the session", ja = "セッションへの貼り付けのみ" },
  both = { en = "both ways", ja = "双方向" }, read_only = { en = "read only", ja = "読み取り専用" },
  read_write = { en = "read and write", ja = "読み書き可" }, all = { en = "everything", ja = "すべて" },
  listed_devices = { en = "listed devices", ja = "登録済みデバイスのみ" },
  same_as_members = { en = "as much as members", ja = "メンバーと同じ" },
  limited = { en = "a limited part", ja = "制限付き" }, restricted = { en = "only themselves", ja = "自身の情報のみ" },
  everyone = { en = "everyone, guests too", ja = "全員（ゲストを含む）" },
  members = { en = "all members", ja = "すべてのメンバー" },
  admins_and_inviters = { en = "administrators and guest inviters", ja = "管理者とゲスト招待元" },
  nobody = { en = "nobody", ja = "なし" }, none = { en = "nothing", ja = "なし" },
  verified_low_risk = { en = "low-risk permissions of verified publishers",
    ja = "確認済み発行元の低リスクのアクセス許可" },
}

local function check_channel(policy, channel, params)
  local values = { name = policy.name, channel = { en = channel.en, ja = channel.ja } }
  local justified = is_justified(policy)
  local setting = policy[channel.key]
  local narrow = setting ~= nil and lists.contains(params[channel.key], setting)
  values.setting = WORDS[setting or "none"]
  ensure(narrow or justified, policy, {
    en = "{name} leaves {channel} open ({setting}), and does not say why",
    ja = "{name} で{channel}が許可されていますが（{setting}）、理由が記録されていません",
  }, values)
  if justified and not narrow then
    note({
      en = "{name} leaves {channel} open ({setting}), for the reason it gives",
      ja = "{name} で{channel}が許可されています（{setting}、理由の記録あり）",
    }, values)
  end
end

-- Users whom no policy reaches have what the product does by itself, which is to let through.
local function check_everybody_is_covered(s)
  local policies = s.citrix.session_policies
  local all = lists.find(policies, function(policy) return policy.enabled and is_empty(policy.groups) end)
  is_empty(policies) -- where it is missing is the list
  ensure(all ~= nil, policies, {
    en = "no session policy in force applies to everybody",
    ja = "全員に適用される有効なセッションポリシーがありません",
  })
end

-- ---- Entra ----

-- What is there is judged, whether or not the contract has Entra.
local function directory_settings(s)
  if not has(s.identities, "directory_settings") then
    privilege.needs_entra(s)
  end
  return s.identities.directory_settings
end

-- ---- groups that everybody is in ----

-- The name of a group that everybody is in: that of the id, or one inside it. groups: by their ids.
local function broad_group(groups, id, params, seen)
  local group = groups[id]
  if group == nil or seen[id] then
    return nil
  end
  seen[id] = true
  local name = group.name
  if name ~= nil and shares.is_one_of(shares.principal(name), params.broad_principals) then
    return name
  end
  for _, inner in ipairs(maybe_empty(group.groups)) do
    local found = broad_group(groups, inner, params, seen)
    if found ~= nil then
      return found
    end
  end
  return nil
end

-- The first such group of a list of ids, or nil.
local function broad_among(groups, ids, params)
  for _, id in ipairs(maybe_empty(ids)) do
    local found = broad_group(groups, id, params, {})
    if found ~= nil then
      return found
    end
  end
  return nil
end

-- ---- Active Directory ----

-- The list of members has accounts; a group inside the group is known to the list of groups only.
local function check_schema_group(s)
  for _, group in ipairs(has(s, "identities") and maybe_empty(s.identities.groups) or {}) do
    local name = group.name
    if name ~= nil and shares.principal(name) == "schema admins" then
      ensure(is_empty(group.groups) and is_empty(group.accounts), group, {
        en = "the group {name} has members, as the list of groups says",
        ja = "グループの一覧では、{name} に所属するアカウントまたはグループがあります",
      }, { name = name })
    end
  end
end

local function text_list(en, ja, default, one_of, source)
  return { type = "list", default = default, one_of = one_of, doc = { en = en, ja = ja }, source = source }
end

local NOTHING_LEAVES = {
  en = "Proposal of this pack: nothing leaves the session",
  ja = "本パックの提案：セッションの外にデータを持ち出さない",
}

return {
  title      = { en = "Information access restriction", ja = "情報へのアクセス制限" },
  severity   = "high",
  owner      = { iad = "customer", ctx = "customer" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 9.4.1", "ISO/IEC 27001:2022 A.8.3",
    "CISA SCuBA MS.AAD.5.1v1", "CISA SCuBA MS.AAD.5.2v1", "CISA SCuBA MS.AAD.8.1v1", "CISA SCuBA MS.AAD.8.2v1",
    "IIJ-IAD012-0002 9.4.1", "IIJ-VDS051-0002 9.4.1",
  },
  tags       = { "privilege", "access" },
  params     = {
    broad_principals = text_list(
      "Groups that practically everybody is in; names, without their domain",
      "ほぼ全員が含まれるグループ（ドメイン名なしの名前）",
      { "Everyone", "Authenticated Users", "Users", "Domain Users", "Domain Computers", "Domain Guests", "Guests",
        "ANONYMOUS LOGON", "INTERACTIVE", "NETWORK" }, nil,
      { en = "Microsoft, Well-known SIDs", ja = "Microsoft の既知の SID の一覧" }),
    trusted_principals = text_list(
      "Who may see all profiles: owners of a profile, the system and administrators",
      "すべてのプロファイルを参照してよい主体（所有者、システム、管理者）",
      { "CREATOR OWNER", "OWNER RIGHTS", "SYSTEM", "Administrators", "Domain Admins", "Enterprise Admins" }, nil,
      { en = "Microsoft, FSLogix: storage permissions", ja = "Microsoft の FSLogix ストレージ アクセス許可の資料" }),
    guest_access = text_list("What guests may see", "ゲストに認める閲覧範囲", { "limited", "restricted" },
      { "same_as_members", "limited", "restricted" }, "CISA SCuBA MS.AAD.8.1v1"),
    guest_inviters = text_list("Who may invite guests", "ゲストの招待を認める者",
      { "admins_and_inviters", "nobody" }, { "everyone", "members", "admins_and_inviters", "nobody" },
      "CISA SCuBA MS.AAD.8.2v1"),
    user_consent = text_list("What users may consent to", "利用者に認める同意の範囲", { "none" },
      { "all", "verified_low_risk", "none" },
      { en = "CISA SCuBA MS.AAD.5.2v1: administrators only", ja = "CISA SCuBA MS.AAD.5.2v1：管理者のみ" }),
    clipboard = text_list("Settings of the clipboard that need no reason", "理由を要しないクリップボードの設定",
      { "off", "to_session" }, { "off", "to_session", "both" },
      NOTHING_LEAVES),
    client_drives = text_list("Settings of client drives that need no reason", "理由を要しないローカルドライブの設定",
      { "off", "read_only" }, { "off", "read_only", "read_write" },
      NOTHING_LEAVES),
    usb = text_list("Settings of USB redirection that need no reason", "理由を要しない USB リダイレクトの設定",
      { "off", "listed_devices" }, { "off", "listed_devices", "all" },
      NOTHING_LEAVES),
    max_idle_minutes = {
      type = "integer", default = 30, min = 1, unit = { en = "minutes", ja = "分" },
      doc = { en = "Longest idle time before a session ends", ja = "無操作でセッションを終了するまでの上限" },
      source = {
        en = "Proposal of this pack; guides for sessions with access to sensitive data ask for 15",
        ja = "本パックの提案。機微な情報を扱うセッションの指針では 15 分",
      },
    },
    machine_account_quota = {
      type = "integer", default = 0, min = 0, unit = { en = "computers", ja = "台" },
      doc = {
        en = "Computers that an ordinary user may join to the domain",
        ja = "一般利用者がドメインに参加させてよい端末数",
      },
      source = {
        en = "Microsoft, ms-DS-MachineAccountQuota: set to 0 where administrators join computers",
        ja = "Microsoft の ms-DS-MachineAccountQuota の資料：管理者がドメイン参加を行う場合は 0 に設定",
      },
    },
    privileged_roles = privilege.ROLES_PARAM,
  },

  rules = {
    {
      id    = "service-rights-within-scope", ref = "R1", owner = "provider",
      title = {
        en = "Roles of the service grant no more than its documents say",
        ja = "サービスのロールの権限が文書化された範囲を超えていない",
      },
      fix   = {
        en = "Ask the provider which of the two is right, the role or the service documents.",
        ja = "ロールの権限とサービスドキュメントのどちらが正しいかを、事業者に確認してください。",
      },
      check = function(s)
        check_scope(s, { en = "a role of the service", ja = "サービスのロール" }, true)
      end,
    },
    {
      id    = "own-rights-within-scope", ref = "R1",
      title = {
        en = "The customer's own roles grant no more than is written down",
        ja = "お客様が定めるロールの権限が文書化された範囲を超えていない",
      },
      fix   = {
        en = "Take the permission off the role, or have it approved and write it down.",
        ja = "ロールから該当の権限を外すか、承認を得て権限設計書に記載してください。",
      },
      check = function(s)
        if lists.find(s.identities.roles, function(role) return not scope.is_of_service(s, role) end) == nil then
          not_applicable({ en = "no role is the customer's own", ja = "お客様が定めるロールがないため" })
        end
        check_scope(s, { en = "a role of the customer", ja = "お客様が定めるロール" }, false)
      end,
    },
    {
      id    = "shares-not-open", ref = "R2", owner = { iad = "shared", ctx = "customer" },
      title = {
        en = "Not everybody can write to shares, images and SYSVOL",
        ja = "共有フォルダー・マスターイメージ・SYSVOL に全員が書き込めない",
      },
      fix   = {
        en = "Remove the entry, or replace the group by the one that needs to write.",
        ja = "該当のアクセス許可を削除するか、書き込みが必要なグループに限定してください。",
      },
      check = function(s, params)
        local list = s.data.shares
        local on_iad = s.contract.service == "iad" -- where no other rule judges shares of profiles
        local function is_other(share) return on_iad or not is_profile_share(share) end
        if s.contract.service == "ctx" and not is_empty(list) and lists.find(list, is_other) == nil then
          not_applicable({
            en = "the only shares hold profiles",
            ja = "プロファイル以外の共有がないため",
          })
        end
        for _, share in each(list, { en = "a share that holds no profiles", ja = "プロファイル以外の共有" }, is_other) do
          check_open_share(share, params)
        end
      end,
    },
    {
      id    = "profiles-private", ref = "R2", when = { service = "ctx" },
      title = {
        en = "Users reach their own profile only",
        ja = "利用者が自分のプロファイルにのみアクセスできる",
      },
      fix   = {
        en = "Give users the right to create folders in \"this folder only\", and CREATOR OWNER the right to modify "
          .. "subfolders and files; remove everything else.",
        ja = "利用者には「このフォルダーのみ」でフォルダーの作成を、CREATOR OWNER には「サブフォルダーとファイルのみ」で"
          .. "変更を許可し、それ以外の許可を削除してください。",
      },
      check = function(s, params)
        for _, share in each(s.data.shares, { en = "a share that holds profiles", ja = "プロファイルの共有" },
          is_profile_share) do
          check_profile_share(share, params)
        end
      end,
    },
    {
      id    = "guests-see-little", ref = "R3", severity = "medium",
      title = { en = "Guests see little of the directory", ja = "ゲストの閲覧範囲を制限している" },
      fix   = {
        en = "In the external collaboration settings limit guests to their own objects.",
        ja = "「外部コラボレーションの設定」で、ゲストのアクセスを自身のディレクトリ オブジェクトなどに制限してください。",
      },
      check = function(s, params)
        local settings = directory_settings(s)
        local access = settings.guest_access
        ensure(access ~= nil and lists.contains(params.guest_access, access), settings, {
          en = "guests see of the directory: {access}", ja = "ゲストの閲覧範囲が「{access}」です",
        }, { access = WORDS[access or "none"] })
      end,
    },
    {
      id    = "guests-invited-by-few", ref = "R3", severity = "medium",
      title = { en = "Only a few may invite guests", ja = "ゲストを招待できる者を限定している" },
      fix   = {
        en = "In the external collaboration settings leave invitations to administrators and guest inviters.",
        ja = "「外部コラボレーションの設定」で、招待を管理者とゲスト招待元のロールに限定してください。",
      },
      check = function(s, params)
        local settings = directory_settings(s)
        local inviters = settings.guest_invitations
        ensure(inviters ~= nil and lists.contains(params.guest_inviters, inviters), settings, {
          en = "guests may be invited by: {inviters}", ja = "ゲストを招待できる者が「{inviters}」です",
        }, { inviters = WORDS[inviters or "none"] })
      end,
    },
    {
      id    = "users-register-nothing", ref = "R4", severity = "medium",
      title = { en = "Users cannot register applications", ja = "一般利用者がアプリケーションを登録できない" },
      fix   = {
        en = "In the user settings of Entra switch off the registration of applications by users.",
        ja = "Entra の「ユーザー設定」で、ユーザーによるアプリケーションの登録を無効にしてください。",
      },
      check = function(s)
        local settings = directory_settings(s)
        ensure(not settings.users_register_apps, settings, {
          en = "every user may register applications",
          ja = "すべての利用者がアプリケーションを登録できます",
        })
      end,
    },
    {
      id    = "users-consent-to-nothing", ref = "R4", severity = "medium",
      title = {
        en = "Users cannot give applications access to data",
        ja = "一般利用者がアプリケーションへのアクセス許可に同意できない",
      },
      fix   = {
        en = "Do not allow user consent, and let users ask an administrator for it.",
        ja = "ユーザーの同意を許可せず、管理者への同意要求のワークフローを有効にしてください。",
      },
      check = function(s, params)
        local settings = directory_settings(s)
        local consent = settings.user_consent
        ensure(consent ~= nil and lists.contains(params.user_consent, consent), settings, {
          en = "users may consent to applications: {consent}",
          ja = "利用者が同意できる範囲が「{consent}」です",
        }, { consent = WORDS[consent or "none"] })
      end,
    },
    {
      id    = "delivery-groups-limited", ref = "R5", when = { service = "ctx" },
      title = {
        en = "Delivery groups are for listed users, or for everybody on purpose",
        ja = "デリバリーグループの利用者が限定されている（全員への公開は意図したもののみ）",
      },
      fix   = {
        en = "Limit the delivery group to groups of users, or record that it is open to everybody on purpose.",
        ja = "デリバリーグループの利用者をグループで限定するか、全員への公開が意図したものであることを記録してください。",
      },
      check = function(s, params)
        local groups = nil -- read where a list of users is in force
        for _, group in ipairs(s.citrix.delivery_groups) do
          local values, intended = { name = group.name }, group.all_users_intended
          ensure(group.user_filter_enabled or intended, group, {
            en = "{name} is open to all users; a list of users counts only while its filter is on",
            ja = "{name} が全員に公開されています（利用者の一覧はフィルターが有効な場合のみ適用されます）",
          }, values)
          if group.user_filter_enabled then
            groups = groups or lists.by_id(s.identities.groups)
            values.broad = broad_among(groups, group.groups, params)
          end
          local _ = values.broad ~= nil and is_empty(group.groups)
          ensure(values.broad == nil or intended, group, {
            en = "{name} is open to everybody, through {broad}",
            ja = "{name} が {broad} を通じてほぼ全員に公開されています",
          }, values)
          if group.user_filter_enabled and is_empty(group.groups) then
            note({ en = "{name} lists no group, so nobody can use it",
              ja = "{name} には利用者が登録されていないため、誰も利用できません" }, values)
          end
        end
      end,
    },
    {
      id    = "client-filter-in-force", severity = "medium", when = { service = "ctx" },
      title = {
        en = "Listed client addresses are really enforced",
        ja = "登録した接続元アドレスの制限が有効である",
      },
      fix   = {
        en = "Switch on the filter of client addresses (IncludedClientIPFilterEnabled), or empty the list.",
        ja = "接続元アドレスのフィルター（IncludedClientIPFilterEnabled）を有効にするか、登録を削除してください。",
      },
      check = function(s)
        for _, group in ipairs(s.citrix.delivery_groups) do
          local values, none = { name = group.name }, is_empty(group.client_addresses)
          ensure(group.client_ip_filter_enabled or none, group, {
            en = "{name} lists client addresses, and ignores them because the filter is off",
            ja = "{name} に接続元アドレスが登録されていますが、フィルターが無効なため適用されていません",
          }, values)
        end
      end,
    },
    {
      id    = "session-channels", severity = "medium", when = { service = "ctx" },
      title = {
        en = "Data does not leave sessions by clipboard, drives or USB without a reason",
        ja = "クリップボード・ドライブ・USB によるセッション外へのデータ持ち出しを制限している",
      },
      fix   = {
        en = "Narrow the setting in the session policy, or record why it has to be open; keep one policy for "
          .. "everybody.",
        ja = "セッションポリシーの設定を制限するか、許可する理由を記録してください。また、全員に適用されるポリシーを 1 つ"
          .. "設けてください。",
      },
      check = function(s, params)
        check_everybody_is_covered(s)
        for _, policy in policies_in_force(s) do
          for _, channel in ipairs(CHANNELS) do
            check_channel(policy, channel, params)
          end
        end
      end,
    },
    {
      id    = "sessions-end-when-idle", severity = "medium", when = { service = "ctx" },
      title = { en = "Idle sessions end", ja = "無操作のセッションが終了する" },
      fix   = {
        en = "Set the idle time of the workspace and of the session policies, one of which has to apply to everybody.",
        ja = "ワークスペースとセッションポリシーの無操作時間を設定してください。また、全員に適用されるポリシーを 1 つ設けて"
          .. "ください。",
      },
      check = function(s, params)
        local function check(place, key)
          local minutes = place[key]
          ensure(minutes > 0 and minutes <= params.max_idle_minutes, place, minutes == 0 and {
            en = "idle sessions never end", ja = "無操作のセッションが終了しません",
          } or {
            en = "idle sessions end after {minutes} minutes; the limit is {limit} minutes",
            ja = "無操作のセッションが終了するまで {minutes} 分です（上限 {limit} 分）",
          }, { minutes = minutes, limit = params.max_idle_minutes })
        end
        check_everybody_is_covered(s)
        for _, policy in policies_in_force(s) do
          check(policy, "idle_minutes")
        end
        check(s.portals.workspace, "session_idle_minutes")
      end,
    },
    {
      id    = "session-hosts-not-public", when = { service = "ctx" },
      title = {
        en = "Session hosts have no public address",
        ja = "セッションホストにパブリック IP が割り当てられていない",
      },
      fix   = {
        en = "Take the public address off the interface; sessions go through the gateway.",
        ja = "インターフェースからパブリック IP を外してください（セッションはゲートウェイ経由で接続します）。",
      },
      check = function(s)
        for _, host in each(s.hosts, { en = "a session host", ja = "セッションホスト" }, function(host)
          return (host.role == "vda" or host.role == "master_image") and host.state ~= "retired"
        end) do
          for _, interface in ipairs(host.interfaces) do
            local none = is_null(interface, "public_address")
            local values = { host = host.name, address = not none and interface.public_address or "" }
            local _ = not none and interface.public_address
            ensure(none, interface, {
              en = "{host} has the public address {address}",
              ja = "{host} にパブリック IP {address} が割り当てられています",
            }, values)
          end
        end
      end,
    },

    -- ---- rights of Active Directory that amount to all others ----
    {
      id    = "no-broad-group-privileged",
      title = {
        en = "No group that everybody is in holds a privileged role",
        ja = "全員が含まれるグループに特権ロールが割り当てられていない",
      },
      fix   = {
        en = "Take the broad group out of the privileged one.",
        ja = "特権グループから該当のグループを外してください。",
      },
      check = function(s, params)
        local index = privilege.index(s, params)
        for _, assignment in ipairs(index.assignments) do
          local values = { role = index.roles[assignment.role].name, broad = "" }
          if assignment.principal == "group" then
            values.broad = broad_group(index.groups, assignment.group, params, {}) or ""
          end
          local _ = assignment.principal == "group" and assignment.group
          ensure(values.broad == "", assignment, {
            en = "{role} is held by everybody, through {broad}",
            ja = "{broad} を通じて、{role} がほぼ全員に割り当てられています",
          }, values)
        end
        ensure(#index.assignments > 0, s.identities.assignments)
      end,
    },
    {
      id    = "replication-rights-expected",
      title = {
        en = "Nobody can replicate the directory's secrets who need not",
        ja = "ディレクトリの複製（DCSync）権限が必要な主体に限られている",
      },
      fix   = {
        en = "Remove \"Replicating Directory Changes (All)\" from the principal on the domain object.",
        ja = "ドメインオブジェクトの該当の主体から、「ディレクトリの変更の複製（すべて）」の権限を削除してください。",
      },
      check = function(s)
        accounts.needs_ad(s)
        for _, principal in ipairs(s.ad.dcsync_principals) do
          local name = principal.name
          ensure(principal.expected, principal, {
            en = "{name} can copy all password hashes of the domain (DCSync)",
            ja = "{name} がドメイン全体のパスワードハッシュを複製できます（DCSync）",
          }, { name = name })
        end
      end,
    },
    {
      id    = "schema-admins-empty", severity = "medium",
      title = { en = "Nobody is in Schema Admins day by day", ja = "平時の Schema Admins に所属者がいない" },
      fix   = {
        en = "Take the account out of Schema Admins; put it in for the hours of a change of the schema.",
        ja = "Schema Admins からアカウントを外し、スキーマ変更の作業時にのみ追加してください。",
      },
      check = function(s)
        accounts.needs_ad(s)
        local members = s.ad.schema_admins
        local count = is_empty(members) and 0 or #members
        ensure(count == 0, members, {
          en = "Schema Admins has {count} members", ja = "Schema Admins に {count} 件のアカウントが所属しています",
        }, { count = count })
        check_schema_group(s)
      end,
    },
    {
      id    = "no-unconstrained-delegation",
      title = {
        en = "No account is trusted for unconstrained delegation",
        ja = "制約のない委任を許可されたアカウントがない",
      },
      fix   = {
        en = "Use constrained or resource-based delegation, and mark administrators as not to be delegated.",
        ja = "制約付き委任またはリソースベースの委任に変更し、管理者アカウントを委任不可に設定してください。",
      },
      check = function(s, _, as_of)
        accounts.needs_ad(s)
        for _, account in each(s.identities.accounts, { en = "an account of Active Directory that can sign in",
          ja = "サインインできる AD アカウント" }, function(account)
          return account.source == "ad" and accounts.is_usable(account, as_of)
        end) do
          local values, flags = { account = account.upn }, account.ad_flags
          ensure(flags ~= nil and not lists.contains(flags, "unconstrained_delegation"), account, {
            en = "{account} may act as anybody who signs in to it (unconstrained delegation)",
            ja = "{account} に制約のない委任が許可されています",
          }, values)
        end
      end,
    },
    {
      id    = "users-join-no-computers", severity = "medium",
      title = {
        en = "Ordinary users cannot join computers to the domain",
        ja = "一般利用者が端末をドメインに参加させられない",
      },
      fix   = {
        en = "Set ms-DS-MachineAccountQuota to 0 and delegate the joining of computers.",
        ja = "ms-DS-MachineAccountQuota を 0 に設定し、ドメイン参加の権限を担当者に委任してください。",
      },
      check = function(s, params)
        accounts.needs_ad(s)
        local ad = s.ad
        ensure(ad.machine_account_quota <= params.machine_account_quota, ad, {
          en = "every user may join {count} computers to the domain; at most {limit} may be",
          ja = "一般利用者が 1 人あたり {count} 台をドメインに参加させられます（上限 {limit} 台）",
        }, { count = ad.machine_account_quota, limit = params.machine_account_quota })
      end,
    },
    {
      id    = "sync-account-protected", when = { service = "iad", option = "entra_connect" },
      title = {
        en = "The account that reads Active Directory for Entra Connect is protected, and that of Entra known as such",
        ja = "Entra Connect の AD 側アカウントが保護され、Entra 側アカウントが同期用として登録されている",
      },
      fix   = {
        en = "Move the account of Active Directory to an organisational unit that only administrators of the domain "
          .. "manage; give the account of Entra its kind.",
        ja = "AD 側アカウントを、ドメイン管理者のみが管理する OU に移動してください。Entra 側アカウントの種別は sync と"
          .. "してください。",
      },
      check = function(s)
        local sync = s.identities.sync
        local account = sync.ad_account
        ensure(sync.ad_account_protected, sync, {
          en = "{account} reads all password hashes, and lies where others than domain administrators manage it",
          ja = "{account} は全パスワードハッシュを読み取れますが、ドメイン管理者以外が管理できる場所にあります",
        }, { account = account })
        local writer = lists.by_id(s.identities.accounts)[sync.entra_account or ""]
        if writer ~= nil then
          ensure(writer.kind == "sync", writer, {
            en = "{account} writes to Entra for Entra Connect, and is of the kind {kind} instead of sync",
            ja = "{account} は Entra Connect が Entra への書き込みに使うアカウントですが、種別が sync ではなく {kind} です",
          }, { account = writer.upn, kind = writer.kind })
        end
      end,
    },
  },
}
