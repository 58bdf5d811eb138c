-- 9.2.2 User access provisioning
-- SPDX-License-Identifier: Apache-2.0
--
-- Who holds which role, by whose decision, and who looked at it since. Permanent assignments and
-- privileges of disabled accounts are judged by 9.2.3; what a role may grant by 9.4.1.

local accounts = use("accounts")
local lists = use("lists")
local offers = use("offers")
local placeholders = use("placeholders")
local privilege = use("privilege")
local scope = use("scope")

local RIGHTS = { { id = "role_management", en = "management of rights", ja = "権限の管理" } }

-- ---- what several rules say ----

-- What assignments refer to; who is in which group is another question.
local function references(s)
  local identities = s.identities
  return { accounts = lists.by_id(identities.accounts), groups = lists.by_id(identities.groups),
    roles = lists.by_id(identities.roles) }
end

-- Who holds an assignment, for messages. References that lead nowhere make the rule unknown.
local function holder_name(index, assignment)
  local kind = assignment.principal
  if kind == "account" then
    local account = index.accounts[assignment.account]
    return account ~= nil and account.upn or ""
  elseif kind == "group" then
    local group = index.groups[assignment.group]
    return group ~= nil and group.name or ""
  end
  return assignment.unresolved_id or ""
end

local function values_of(index, assignment)
  local role = index.roles[assignment.role]
  return { id = assignment.id, role = role ~= nil and role.name or "", holder = holder_name(index, assignment) }
end

-- ---- R1 ----

local function check_holder(index, assignment, as_of)
  local values = values_of(index, assignment)
  local account = assignment.principal == "account" and index.accounts[assignment.account]
  local deleted = account and accounts.is_deleted(account, as_of)
  ensure(not deleted, assignment, {
    en = "{role} is left with {holder}, which is deleted (assignment {id})",
    ja = "{role} が削除済みの {holder} に残っています（割り当て {id}）",
  }, values)
  ensure(assignment.principal ~= "unresolved", assignment, {
    en = "{role} is held by {holder}, behind which there is no account (assignment {id})",
    ja = "{role} が実体のない識別子 {holder} に割り当てられています（割り当て {id}）",
  }, values)
end

-- ---- R2 ----

-- The roles in use of the service, or all others.
local function check_documents(s, params, what, of_service)
  local used = scope.used(s)
  for _, role in each(s.identities.roles, what, function(role)
    return used[role.id] == true and scope.is_of_service(s, role) == of_service
  end) do
    local values = { role = role.name, document = role.document or "" }
    ensure(not placeholders.is_one(values.document, params), role, {
      en = "no document is named that describes {role}",
      ja = "{role} の権限を記載した文書がありません",
    }, values)
    ensure(not is_empty(role.documented_permissions), role, {
      en = "{document} does not say what {role} grants",
      ja = "{document} に {role} の権限の範囲が記載されていません",
    }, values)
  end
end

-- ---- R3 ----

local UNAPPROVED = {
  en = "nobody approved that {holder} holds {role} (assignment {id})",
  ja = "{holder} への {role} の割り当てが承認されていません（割り当て {id}）",
}

-- A name without what is written differently from one to the next: 佐藤 健一（管理者） and 佐藤健一.
local function bare(name)
  local plain = string.gsub(text.normalise(name), "%b()", "")
  return (string.gsub(plain, "%s", ""))
end

local function add_name(names, name)
  local normal = bare(name or "")
  if normal ~= "" then
    names[normal] = true
  end
end

-- Names by which an approver may call themselves.
local function add_names(names, account)
  add_name(names, account.owner)
  add_name(names, account.upn)
  add_name(names, string.match(account.upn or "", "^[^@]+"))
  add_name(names, account.id)
  add_name(names, account.name)
end

local function names_of_person(by_person, account)
  local person = accounts.person(account)
  if person ~= nil then
    by_person[person] = by_person[person] or {}
  end
  return by_person[person]
end

local function add_contact(by_person, index, contact)
  local account = has(contact, "account") and index.accounts[contact.account]
  local names = account and names_of_person(by_person, account)
  if names then
    add_name(names, contact.id)
    add_name(names, contact.name)
    add_name(names, not is_null(contact, "email") and contact.email or nil)
  end
end

-- All names of everybody: of each account that is theirs, and of theirs as a contact. Whoever
-- approves their own right may do so by another account.
local function all_names(s, index)
  local by_person = {}
  for _, account in ipairs(s.identities.accounts) do
    local names = names_of_person(by_person, account)
    if names ~= nil then
      add_names(names, account)
    end
  end
  if has(s, "contacts") then
    for _, contact in ipairs(s.contacts) do
      add_contact(by_person, index, contact)
    end
  end
  return by_person
end

-- The accounts behind each assignment, by its id.
local function grantees(index)
  local found = {}
  for id, grants in pairs(index.grants) do
    for _, grant in ipairs(grants) do
      local key = grant.assignment.id
      found[key] = found[key] or {}
      table.insert(found[key], id)
    end
  end
  return found
end

-- Whether a name is one of a holder's. An account that the snapshot does not have is recorded as
-- missing where the index read it.
local function is_holder(index, by_person, ids, name)
  for _, id in ipairs(ids or {}) do
    local account = index.accounts[id]
    local names = account ~= nil and names_of_person(by_person, account)
    if names and names[name] then
      return true
    end
  end
  return false
end

-- Whether an approver is a holder: by the whole text, or by a number or sign-in name in it.
local function is_own(index, by_person, ids, approver)
  if is_holder(index, by_person, ids, bare(approver)) then
    return true
  end
  for word in string.gmatch(approver, "[^%s()/]+") do
    if string.find(word, "[%d.@]") and is_holder(index, by_person, ids, word) then
      return true
    end
  end
  return false
end

-- Windows puts the domain in front: "CORP\k.sato".
local function plain_name(approver)
  return text.normalise(string.match(approver, "[^\\]*$"))
end

local function check_approval(index, by_person, assignment, behind)
  local values = values_of(index, assignment)
  values.approver = not is_null(assignment, "approved_by") and assignment.approved_by or ""
  local name = plain_name(values.approver)
  local nobody = placeholders.is_one(name, index.params)
  ensure(not nobody, assignment, UNAPPROVED, values)
  if nobody then
    return
  end
  local own = is_own(index, by_person, behind[values.id], name)
  local _ = assignment.approved_by
  ensure(not own, assignment, {
    en = "{approver} approved their own right: {holder} holds {role} (assignment {id})",
    ja = "{approver} が自分自身への割り当てを承認しています：{holder} の {role}（割り当て {id}）",
  }, values)
end

return {
  title      = { en = "User access provisioning", ja = "利用者アクセスの提供" },
  severity   = "medium",
  owner      = { iad = "shared", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 9.2.2", "ISO/IEC 27001:2022 A.5.18",
    "IIJ-IAD012-0002 9.2.2", "IIJ-VDS051-0002 9.2.2",
  },
  tags       = { "accounts", "privilege", "review" },
  params     = {
    access_review_days = {
      type = "integer", default = 180, min = 1, unit = { en = "days", ja = "日" },
      doc = {
        en = "Days within which it has to be reviewed who holds a role",
        ja = "アクセス権の棚卸しの間隔",
      },
      source = {
        en = "Proposal of this pack: twice a year",
        ja = "本パックの提案：年2回",
      },
    },
    placeholders = placeholders.PARAM,
    privileged_roles = privilege.ROLES_PARAM,
  },

  rules = {
    {
      id    = "portal-rights-offered", severity = "low", owner = "provider", claimable = true,
      title = { en = "The portal offers management of rights", ja = "ポータルで権限を管理できる" },
      fix   = {
        en = "Ask the provider why the function is missing in the portal of this contract.",
        ja = "契約中のポータルで該当の機能が利用できない理由を、事業者に確認してください。",
      },
      check = function(s)
        offers.ensure(s.portals.customer_portal, RIGHTS)
      end,
    },
    {
      id    = "console-rights-offered", severity = "low", owner = "provider", claimable = true,
      when  = { service = "iad", option = "admin_console" },
      title = { en = "The admin console offers management of rights", ja = "管理コンソールで権限を管理できる" },
      fix   = {
        en = "Ask the provider why the function is missing in the admin console.",
        ja = "管理コンソールで該当の機能が利用できない理由を、事業者に確認してください。",
      },
      check = function(s)
        offers.ensure(s.portals.admin_console, RIGHTS)
      end,
    },
    {
      id    = "assignments-lead-somewhere", ref = "R1", owner = "customer",
      title = {
        en = "Every assignment is of an account or group that exists",
        ja = "すべての割り当ての対象が実在する",
      },
      fix   = {
        en = "Remove the assignment; what is left of a deleted account may be taken over by another one.",
        ja = "該当の割り当てを削除してください。削除済みアカウントに残った権限は、悪用されるおそれがあります。",
      },
      check = function(s, _, as_of)
        local index = references(s)
        for _, assignment in ipairs(s.identities.assignments) do
          check_holder(index, assignment, as_of)
        end
      end,
    },
    {
      id    = "service-rights-documented", ref = "R2", owner = "provider",
      title = {
        en = "The service documents say what its roles grant",
        ja = "サービスのロールの権限範囲が文書化されている",
      },
      fix   = {
        en = "Ask the provider where the service documents describe the role, and record it.",
        ja = "サービスドキュメントの記載箇所を事業者に確認し、記録してください。",
      },
      check = function(s, params)
        check_documents(s, params, { en = "a role of the service that somebody holds",
          ja = "割り当てのあるサービスのロール" }, true)
      end,
    },
    {
      id    = "own-rights-documented", ref = "R2", owner = "customer",
      title = {
        en = "It is written down what the customer's own roles grant",
        ja = "お客様が定めるロールの権限範囲が文書化されている",
      },
      fix   = {
        en = "Describe the role in the design of access rights.",
        ja = "権限設計書などに、該当のロールの権限範囲を記載してください。",
      },
      check = function(s, params)
        local used, own = scope.used(s), 0
        for _, role in ipairs(s.identities.roles) do
          if used[role.id] and not scope.is_of_service(s, role) then
            own = own + 1
          end
        end
        if own == 0 then
          not_applicable({
            en = "nobody holds a role that is the customer's own",
            ja = "お客様が定めるロールの割り当てがないため",
          })
        end
        check_documents(s, params, { en = "a role of the customer that somebody holds",
          ja = "割り当てのあるお客様のロール" }, false)
      end,
    },
    {
      id    = "approved-by-another", ref = "R3", owner = "customer",
      title = {
        en = "Somebody else than the holder approved every assignment",
        ja = "すべての割り当てを本人以外が承認している",
      },
      fix   = {
        en = "Have somebody else approve the assignment and record who; of a group, somebody outside it.",
        ja = "本人以外（グループの場合は所属者以外）の承認を得て、承認者を記録してください。",
      },
      check = function(s, params)
        local index = privilege.index(s, params)
        local by_person, behind = all_names(s, index), grantees(index)
        for _, assignment in ipairs(s.identities.assignments) do
          check_approval(index, by_person, assignment, behind)
        end
      end,
    },
    {
      id    = "access-reviewed", ref = "R4", owner = "customer",
      title = {
        en = "It is reviewed regularly who holds which role",
        ja = "アクセス権の棚卸しを定期的に実施している",
      },
      fix   = {
        en = "Review the holders of the role, remove who no longer needs it, and record the date.",
        ja = "該当ロールの保持者を棚卸しし、不要な割り当てを削除して、実施日を記録してください。",
      },
      check = function(s, params, as_of)
        local zone, used = s.tenant.time_zone, scope.used(s)
        for _, role in each(s.identities.roles, { en = "a role that somebody holds",
          ja = "割り当てのあるロール" }, function(role) return used[role.id] == true end) do
          local values = { role = role.name, limit = params.access_review_days }
          values.age = time.age_days(role.reviewed_at, as_of, zone)
          ensure(values.age ~= nil and values.age <= values.limit, role, {
            en = "it was last reviewed {age} days ago who holds {role}; the limit is {limit} days",
            ja = "{role} の直近の棚卸しは {age} 日前です（上限 {limit} 日）",
          }, values)
        end
      end,
    },
    {
      id    = "no-expired-assignments", ref = "R5", owner = "customer",
      title = {
        en = "Assignments that have ended are removed",
        ja = "期間の終了した割り当てが残っていない",
      },
      fix   = {
        en = "Remove the assignment, or have it approved again with a new end.",
        ja = "割り当てを削除するか、改めて承認を得て終了日時を更新してください。",
      },
      check = function(s, _, as_of)
        local index = references(s)
        for _, assignment in ipairs(s.identities.assignments) do
          local values = values_of(index, assignment)
          local permanent = is_null(assignment, "ends")
          values.ends = not permanent and assignment.ends or ""
          ensure(permanent or not time.is_before(assignment.ends, as_of), assignment, {
            en = "{holder} still holds {role}, which ended at {ends} (assignment {id})",
            ja = "{holder} の {role} は {ends} に期間が終了していますが、残っています（割り当て {id}）",
          }, values)
        end
      end,
    },
  },
}
