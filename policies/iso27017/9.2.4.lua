-- 9.2.4 Management of secret authentication information of users
-- SPDX-License-Identifier: Apache-2.0
--
-- The provider documents how operators get and change their passwords; the passwords of Active
-- Directory are the customer's. The numbers fit Active Directory; Entra and the portal have their
-- own and are judged by 9.2.3. Every policy is judged by itself: a strict fine-grained one does not
-- help those outside its groups, and a lax one weakens those inside.

local accounts = use("accounts")
local lists = use("lists")
local offers = use("offers")
local privilege = use("privilege")

local REISSUE = { { id = "reissue", en = "change and re-issue of passwords", ja = "パスワードの変更・再発行" } }

-- ---- policies ----

local AD_POLICY = { en = "a password policy of Active Directory", ja = "AD のパスワードポリシー" }
local DEFAULT_POLICY = { en = "the default password policy of Active Directory", ja = "AD の既定のパスワードポリシー" }

local function is_of_ad(policy)
  return policy.source == "ad"
end

-- Calls check for each policy of Active Directory. Without the default one nobody knows what holds
-- for most accounts, and the rule is unknown.
local function for_each_policy(s, check)
  accounts.needs_ad(s)
  local policies = s.identities.password_policies
  for _, policy in each(policies, AD_POLICY, is_of_ad) do
    check(policy)
  end
  local defaults = 0
  for _ in each(policies, DEFAULT_POLICY, function(policy)
    return is_of_ad(policy) and policy.kind == "default"
  end) do
    defaults = defaults + 1
  end
  ensure(defaults > 0, policies)
end

local function check_lockout(policy, params)
  local values = { minutes = policy.lockout_minutes, limit = params.lockout_max,
    needed = params.lockout_min_minutes, threshold = policy.lockout_threshold }
  ensure(values.threshold ~= 0, policy, {
    en = "accounts never lock, however often a wrong password is tried",
    ja = "パスワードを何回間違えてもアカウントがロックされません",
  })
  local _ = policy.lockout_threshold
  ensure(values.threshold <= values.limit, policy, {
    en = "accounts lock only after {threshold} wrong passwords; at most {limit} may be tried",
    ja = "アカウントがロックされるまでの失敗回数が {threshold} 回です（上限 {limit} 回）",
  }, values)
  _ = policy.lockout_minutes
  ensure(values.minutes == 0 or values.minutes >= values.needed, policy, {
    en = "a locked account opens after {minutes} minutes already; {needed} are needed",
    ja = "ロックが {minutes} 分で解除されます（{needed} 分以上必要）",
  }, values)
end

local function check_rotation(policy, params)
  local never = is_null(policy, "max_age_days")
  local values = { days = not never and policy.max_age_days or 0, limit = params.rotation_days }
  if params.rotation == "none" then
    ensure(never, policy, {
      en = "passwords expire after {days} days, which leads to weaker ones",
      ja = "パスワードが {days} 日で期限切れになります（定期変更は弱いパスワードにつながります）",
    }, values)
    return
  end
  ensure(not never, policy, { en = "passwords never expire", ja = "パスワードが無期限です" })
  ensure(never or values.days <= values.limit, policy, {
    en = "passwords expire after {days} days only; the limit is {limit} days",
    ja = "パスワードの有効期間が {days} 日です（上限 {limit} 日）",
  }, values)
end

-- ---- flags of accounts ----

local AD_ACCOUNT = { en = "an account of Active Directory that can sign in", ja = "サインインできる AD アカウント" }

local function usable_in_ad(s, as_of)
  return each(s.identities.accounts, AD_ACCOUNT, function(account)
    return account.source == "ad" and accounts.is_usable(account, as_of)
  end)
end

local function has_flag(account, flag)
  local flags = account.ad_flags
  return flags ~= nil and lists.contains(flags, flag)
end

local function check_flag(s, as_of, flag, message)
  for _, account in usable_in_ad(s, as_of) do
    local values = { account = account.upn }
    ensure(not has_flag(account, flag), account, message, values)
  end
end

-- A flag on an account that nobody can use opens nothing today, and need not be known.
local function remark_on_disabled(s, as_of, flag, message)
  for _, account in ipairs(s.identities.accounts) do
    if account.source == "ad" and not accounts.is_usable(account, as_of) and has(account, "ad_flags")
      and has_flag(account, flag) then
      note(message, { account = account.upn })
    end
  end
end

-- ---- R9: initial passwords ----

local INITIAL = { en = "an account whose password somebody else chose", ja = "初期パスワードが発行されたアカウント" }

local function concerns_initial(account, as_of)
  return account.kind ~= "builtin" and accounts.is_usable(account, as_of)
    and (account.source == "ad" or has(account, "sign_in_state"))
end

-- Seconds within which a password still belongs to the making of the account: the account comes
-- first, its password a moment later.
local SETTING_UP = 600

-- Whether the owner has to change the password at the next sign-in. Windows asks nobody whose
-- password never expires.
local function is_asked(account, state)
  return state.change_at_next_sign_in
    and not (account.source == "ad" and has_flag(account, "password_never_expires"))
end

-- Whether nobody else knows the password any more, or will once its owner signs in. nil: unknown, as
-- after a change in the future.
local function is_replaced(account, as_of)
  local state = account.sign_in_state
  if state == nil or is_asked(account, state) then
    return state ~= nil or nil
  end
  local changed = not is_null(state, "changed_at") and state.changed_at
  if not changed then
    return changed
  elseif time.age(changed, as_of) == nil then
    return nil
  elseif has(state, "initial_replaced") then
    return state.initial_replaced
  end
  local made, at = time.seconds(account.created_at), time.seconds(state.changed_at)
  return made ~= nil and at ~= nil and at - made > SETTING_UP
end

local function check_initial(account, as_of)
  local values, state = { account = account.upn }, account.sign_in_state
  local asked = state ~= nil and state.change_at_next_sign_in
  local replaced = is_replaced(account, as_of)
  local _ = asked and replaced == false and has_flag(account, "password_never_expires")
  ensure(replaced, account, asked and {
    en = "{account} still has the password it was given: Windows asks nobody to change one that never expires",
    ja = "{account} は初期パスワードのままです（パスワードが無期限の場合、次回ログオン時の変更は求められません）",
  } or {
    en = "{account} still has the password it was given, and need not change it",
    ja = "{account} は初期パスワードのままで、変更も求められません",
  }, values)
end

-- ---- R10: keys of applications ----

local KEY_KIND = {
  secret = { en = "the secret", ja = "シークレット" },
  certificate = { en = "the certificate", ja = "証明書" },
}

local function check_key(application, key, params, as_of, zone)
  local limit = key.kind == "secret" and params.secret_days or params.certificate_days
  local values = { name = application.name, key = key.id, limit = limit, kind = KEY_KIND[key.kind] }
  if key.kind == "federated" then
    ensure(true, key)
    return
  end
  local created, never = key.created_at, is_null(key, "expires")
  local expires = not never and key.expires
  ensure(not never, key, {
    en = "{kind} {key} of {name} never expires",
    ja = "{name} の{kind} {key} に有効期限がありません",
  }, values)
  if created ~= nil and expires and time.age(created, as_of) ~= nil then -- not made in the future
    values.days = time.days_between(time.date(created, zone), time.date(expires, zone))
    local over = not time.is_before(as_of, key.expires) -- what has run out opens nothing
    ensure(over or values.days <= limit, key, {
      en = "{kind} {key} of {name} is good for {days} days; the limit is {limit} days",
      ja = "{name} の{kind} {key} の有効期間が {days} 日です（上限 {limit} 日）",
    }, values)
  end
end

local function check_keys(s, params, as_of)
  local zone, count = s.tenant.time_zone, 0
  for _, application in ipairs(maybe_empty(s.identities.applications)) do
    for _, key in ipairs(maybe_empty(application.keys)) do
      count = count + 1
      check_key(application, key, params, as_of, zone)
    end
  end
  if count == 0 then
    not_applicable({
      en = "no application has a secret or certificate",
      ja = "シークレット・証明書を持つアプリケーションがないため",
    })
  end
end

return {
  title      = {
    en = "Management of secret authentication information of users",
    ja = "利用者の秘密認証情報の管理",
  },
  severity   = "high",
  owner      = { iad = "customer", ctx = "customer" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 9.2.4", "ISO/IEC 27001:2022 A.5.17",
    "CISA SCuBA MS.AAD.6.1v1", "NIST SP 800-63B-4",
    "IIJ-IAD012-0002 9.2.4", "IIJ-VDS051-0002 9.2.4",
  },
  tags       = { "accounts", "password" },
  params     = {
    min_length = {
      type = "integer", default = 14, min = 8, max = 127, unit = { en = "characters", ja = "文字" },
      doc = { en = "Shortest password that Active Directory accepts", ja = "AD のパスワードの最小文字数" },
      source = {
        en = "CIS Benchmark for Windows Server, 1.1.4: 14 or more",
        ja = "CIS Benchmark for Windows Server 1.1.4：14 文字以上",
      },
    },
    history = {
      type = "integer", default = 24, min = 0, max = 24, unit = { en = "passwords", ja = "世代" },
      doc = { en = "Passwords that must not be used again", ja = "再利用を禁止するパスワードの世代数" },
      source = {
        en = "CIS Benchmark for Windows Server, 1.1.1: 24",
        ja = "CIS Benchmark for Windows Server 1.1.1：24 世代",
      },
    },
    lockout_max = {
      type = "integer", default = 10, min = 1, max = 999, unit = { en = "attempts", ja = "回" },
      doc = {
        en = "Most wrong passwords before an account locks",
        ja = "ロックアウトまでに許容する失敗回数の上限",
      },
      source = {
        en = "Microsoft, Windows security baselines: 10; stricter guides ask for 5",
        ja = "Microsoft の Windows セキュリティ ベースライン：10 回。より厳しい指針では 5 回",
      },
    },
    lockout_min_minutes = {
      type = "integer", default = 15, min = 1, unit = { en = "minutes", ja = "分" },
      doc = {
        en = "Shortest lockout; one that lasts until an administrator unlocks always suffices",
        ja = "ロックアウト時間の下限（管理者が解除するまでの設定は常に可）",
      },
      source = {
        en = "CIS Benchmark for Windows Server, 1.2.1: 15 or more",
        ja = "CIS Benchmark for Windows Server 1.2.1：15 分以上",
      },
    },
    rotation = {
      type = "string", default = "none", one_of = { "none", "periodic", "any" },
      doc = {
        en = "Whether passwords must not expire (none), have to (periodic), or either will do (any)",
        ja = "パスワードの定期変更：なし（none）、あり（periodic）、問わない（any）",
      },
      source = {
        en = "NIST SP 800-63B-4 and CISA SCuBA MS.AAD.6.1v1: no expiry without a reason",
        ja = "NIST SP 800-63B-4、CISA SCuBA MS.AAD.6.1v1：理由のない定期変更は求めない",
      },
    },
    rotation_days = {
      type = "integer", default = 90, min = 1, unit = { en = "days", ja = "日" },
      doc = { en = "Longest life of a password with rotation = periodic", ja = "定期変更を求める場合の最長有効期間" },
      source = {
        en = "Proposal of this pack, for tenants that are bound to rotate",
        ja = "定期変更が義務付けられたテナント向けの本パックの提案",
      },
    },
    krbtgt_days = {
      type = "integer", default = 180, min = 1, unit = { en = "days", ja = "日" },
      doc = {
        en = "Age at which the password of krbtgt has to be changed (twice, a day apart)",
        ja = "krbtgt のパスワードを変更する間隔（1 回の作業で間隔を空けて 2 度変更）",
      },
      source = {
        en = "Microsoft, Active Directory forest recovery and Defender for Identity: every 180 days",
        ja = "Microsoft の Active Directory フォレスト回復の資料と Defender for Identity：180 日ごと",
      },
    },
    secret_days = {
      type = "integer", default = 180, min = 1, unit = { en = "days", ja = "日" },
      doc = { en = "Longest life of a secret of an application", ja = "アプリケーションのシークレットの最長有効期間" },
      source = {
        en = "Proposal of this pack, after Microsoft's advice on application credentials",
        ja = "本パックの提案（アプリケーション資格情報に関する Microsoft の推奨に基づく）",
      },
    },
    certificate_days = {
      type = "integer", default = 365, min = 1, unit = { en = "days", ja = "日" },
      doc = { en = "Longest life of a certificate of an application", ja = "アプリケーションの証明書の最長有効期間" },
      source = {
        en = "Proposal of this pack, after Microsoft's advice on application credentials",
        ja = "本パックの提案（アプリケーション資格情報に関する Microsoft の推奨に基づく）",
      },
    },
    privileged_roles = privilege.ROLES_PARAM,
  },

  rules = {
    {
      id    = "portal-reissue-offered", severity = "low", owner = "provider", claimable = true,
      title = {
        en = "The portal offers change and re-issue of passwords",
        ja = "ポータルでパスワードの変更・再発行ができる",
      },
      fix   = {
        en = "Ask the provider where the portal's documents describe change and re-issue.",
        ja = "パスワードの変更・再発行の手順の記載箇所を、事業者に確認してください。",
      },
      check = function(s)
        offers.ensure(s.portals.customer_portal, REISSUE)
      end,
    },
    {
      id    = "password-length", ref = "R1",
      title = { en = "Passwords are long enough", ja = "パスワードの最小文字数が十分である" },
      fix   = {
        en = "Raise the minimum length of the policy, and tell people to use several words.",
        ja = "ポリシーの最小文字数を引き上げ、複数の単語を組み合わせたパスワードを案内してください。",
      },
      check = function(s, params)
        for_each_policy(s, function(policy)
          local values = { needed = params.min_length, length = policy.min_length }
          ensure(values.length >= values.needed, policy, {
            en = "{length} characters are enough there; {needed} are needed",
            ja = "最小文字数が {length} 文字です（{needed} 文字以上必要）",
          }, values)
        end)
      end,
    },
    {
      id    = "no-guessable-passwords", ref = "R2",
      title = { en = "Passwords that are easy to guess are refused", ja = "推測されやすいパスワードを拒否している" },
      fix   = {
        en = "Switch on a list of banned passwords (Entra Password Protection); where that cannot be, complexity.",
        ja = "禁止パスワードのリスト（Entra パスワード保護など）を有効にしてください。できない場合は複雑さの要件を"
          .. "有効にしてください。",
      },
      check = function(s)
        for_each_policy(s, function(policy)
          local complexity, banned = policy.complexity, policy.banned_list
          ensure(banned or complexity, policy, {
            en = "neither a list of banned passwords nor complexity is on",
            ja = "禁止パスワードのリストも複雑さの要件も無効です",
          })
          if banned == false and complexity then
            note({
              en = "{id} asks for complexity only; a list of banned passwords refuses more of what is guessed",
              ja = "{id} は複雑さの要件のみです（禁止パスワードのリストの併用を推奨します）",
            }, { id = policy.id })
          end
        end)
      end,
    },
    {
      id    = "no-reversible-encryption", ref = "R3",
      title = { en = "Passwords are not stored reversibly", ja = "パスワードを可逆暗号化で保存していない" },
      fix   = {
        en = "Switch off reversible encryption in the policy and on the account, then change the passwords.",
        ja = "ポリシーとアカウントの可逆暗号化を無効にし、対象のパスワードを変更してください。",
      },
      check = function(s, _, as_of)
        for_each_policy(s, function(policy)
          ensure(not policy.reversible_encryption, policy, {
            en = "passwords are stored with reversible encryption",
            ja = "パスワードが可逆暗号化で保存されます",
          })
        end)
        check_flag(s, as_of, "reversible_encryption", {
          en = "the password of {account} is stored with reversible encryption",
          ja = "{account} のパスワードが可逆暗号化で保存されます",
        })
      end,
    },
    {
      id    = "lockout", ref = "R4",
      title = { en = "Accounts lock after wrong passwords", ja = "パスワードの連続失敗時にアカウントをロックしている" },
      fix   = {
        en = "Set a threshold and a duration of the lockout in the policy.",
        ja = "ポリシーでロックアウトのしきい値とロックアウト時間を設定してください。",
      },
      check = function(s, params)
        for_each_policy(s, function(policy)
          check_lockout(policy, params)
        end)
      end,
    },
    {
      id    = "password-history", ref = "R5", severity = "medium",
      title = { en = "Old passwords cannot be used again", ja = "過去のパスワードの再利用を禁止している" },
      fix   = {
        en = "Raise the number of remembered passwords in the policy.",
        ja = "ポリシーで記憶する世代数を増やしてください。",
      },
      check = function(s, params)
        for_each_policy(s, function(policy)
          local values = { needed = params.history, count = policy.history }
          ensure(values.count >= values.needed, policy, {
            en = "{count} passwords are remembered; {needed} are needed",
            ja = "記憶する世代数が {count} です（{needed} 以上必要）",
          }, values)
        end)
      end,
    },
    {
      id    = "password-rotation", ref = "R6", severity = "low",
      title = { en = "Passwords expire as the tenant has decided", ja = "パスワードの有効期間が方針どおりである" },
      fix   = {
        en = "Set the longest age in the policy: never by default, or as rotation and rotation_days say.",
        ja = "ポリシーの有効期間を設定してください（既定は無期限。rotation と rotation_days で変更できます）。",
      },
      check = function(s, params, as_of)
        if params.rotation == "any" then
          not_applicable({ en = "rotation is any", ja = "rotation が any のため" })
        end
        for_each_policy(s, function(policy)
          check_rotation(policy, params)
        end)
        if params.rotation == "periodic" then
          check_flag(s, as_of, "password_never_expires", {
            en = "the password of {account} never expires, whatever the policy says",
            ja = "{account} のパスワードはポリシーにかかわらず無期限です",
          })
        end
      end,
    },
    {
      id    = "password-needed", ref = "R7",
      title = { en = "No account goes without a password", ja = "パスワードが不要なアカウントがない" },
      fix   = {
        en = "Clear the flag PASSWD_NOTREQD of the account and set a password.",
        ja = "アカウントの PASSWD_NOTREQD フラグを解除し、パスワードを設定してください。",
      },
      check = function(s, _, as_of)
        accounts.needs_ad(s)
        check_flag(s, as_of, "password_not_required", {
          en = "{account} may have no password (PASSWD_NOTREQD)",
          ja = "{account} はパスワードなしでも利用できます（PASSWD_NOTREQD）",
        })
        remark_on_disabled(s, as_of, "password_not_required", {
          en = "{account} is disabled, and would need no password if it were enabled again",
          ja = "{account} は無効ですが、再度有効にするとパスワードなしで利用できます",
        })
      end,
    },
    {
      id    = "passwords-not-exposed",
      title = {
        en = "Passwords cannot be guessed offline",
        ja = "パスワードをオフラインで解析される設定がない",
      },
      fix   = {
        en = "Demand pre-authentication of the account. Move the service principal name from the administrator to "
          .. "a managed service account (gMSA).",
        ja = "アカウントの Kerberos 事前認証を必須にしてください。管理者の SPN は、グループ管理サービスアカウント（gMSA）へ"
          .. "移行してください。",
      },
      check = function(s, params, as_of)
        accounts.needs_ad(s)
        check_flag(s, as_of, "preauth_not_required", {
          en = "anybody can fetch what {account}'s password is guessed from: no pre-authentication is needed",
          ja = "{account} は Kerberos 事前認証が不要な設定で、パスワードをオフラインで解析されるおそれがあります",
        })
        local index = privilege.index(s, params)
        for _, account in usable_in_ad(s, as_of) do
          local values = { account = account.upn }
          local privileged = #privilege.privileged_grants(index, account) > 0
          ensure(not (privileged and has_flag(account, "has_spn")), account, {
            en = "{account} is privileged and has a service principal name, so anybody can guess at its password",
            ja = "{account} は特権アカウントですが SPN が設定されており、パスワードをオフラインで解析されるおそれがあります",
          }, values)
        end
      end,
    },
    {
      id    = "krbtgt-changed", ref = "R8", owner = { iad = "shared", ctx = "customer" },
      title = {
        en = "The password of krbtgt is changed regularly",
        ja = "krbtgt のパスワードを定期的に変更している",
      },
      fix   = {
        en = "Change the password of krbtgt twice, at least ten hours apart; on IAD ask the provider.",
        ja = "krbtgt のパスワードを 10 時間以上の間隔を空けて 2 回変更してください（IAD では事業者に依頼してください）。",
      },
      check = function(s, params, as_of)
        accounts.needs_ad(s)
        local ad = s.ad
        local age = time.age_days(ad.krbtgt_changed_at, as_of, s.tenant.time_zone)
        ensure(age ~= nil and age <= params.krbtgt_days, ad, {
          en = "the password of krbtgt is {age} days old; the limit is {limit} days",
          ja = "krbtgt のパスワードが {age} 日間変更されていません（上限 {limit} 日）",
        }, { age = age or "", limit = params.krbtgt_days })
      end,
    },
    {
      id    = "initial-passwords-replaced", ref = "R9", severity = "medium",
      title = {
        en = "Initial passwords are changed at the first use",
        ja = "初期パスワードを初回利用時に変更している",
      },
      fix   = {
        en = "Demand a change at the next sign-in of the account, and clear its flag \"Password never expires\", which "
          .. "keeps Windows from asking.",
        ja = "アカウントに「次回ログオン時にパスワードの変更が必要」を設定し、「パスワードを無期限にする」を"
          .. "解除してください。",
      },
      check = function(s, _, as_of)
        local function concerned(account)
          return concerns_initial(account, as_of)
        end
        if lists.find(s.identities.accounts, concerned) == nil then
          accounts.needs_ad(s)
        end
        for _, account in each(s.identities.accounts, INITIAL, concerned) do
          check_initial(account, as_of)
        end
      end,
    },
    {
      id    = "application-keys-expire", ref = "R10", severity = "medium",
      title = {
        en = "Secrets and certificates of applications are short-lived",
        ja = "アプリケーションのシークレット・証明書の有効期間が短い",
      },
      fix   = {
        en = "Replace the secret by a managed identity, a federated credential or a certificate, else by a secret "
          .. "that ends sooner.",
        ja = "マネージド ID・フェデレーション資格情報・証明書に置き換えるか、有効期間の短いシークレットを再発行してください。",
      },
      check = function(s, params, as_of)
        if not has(s.identities, "applications") then
          privilege.needs_entra(s)
        end
        check_keys(s, params, as_of)
      end,
    },
  },
}
