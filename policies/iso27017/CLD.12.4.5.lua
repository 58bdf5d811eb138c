-- CLD.12.4.5 Monitoring of cloud services
-- SPDX-License-Identifier: Apache-2.0
--
-- The provider lets the customer see its logs: on IAD through the administration tools and, where it
-- is contracted, the console; on CTX through the portal. Watching them is the customer's part.

local given = use("given")
local lists = use("lists")
local logs = use("logs")
local reachable = use("reachable")

-- ---- what the customer can see ----

local A_HOST_LOG = { en = "a log of a host of IAD", ja = "IAD のホストのログ" }

local VIA = {
  portal        = { en = "the portal", ja = "ポータル" },
  admin_console = { en = "the admin console", ja = "管理コンソール" },
  admin_tools   = { en = "the administration tools", ja = "管理用ツール" },
}

local NOT_SHOWN = {
  en = "the {kind} cannot be seen through {via}",
  ja = "{kind}を{via}から参照できません",
}

-- What is shown and empty proves nothing: the newest record is read, and null makes it unknown.
local function ensure_shown(source, via)
  local kind = logs.kind_text(source.kind)
  local seen = source.newest_event_at ~= nil
  local shown = lists.contains(given.need(source.exposed_via), via)
  is_empty(source.exposed_via)  -- read last: it decides
  ensure(seen and shown, source, NOT_SHOWN, { kind = kind, via = VIA[via] })
end

local function check_host_logs(s, via)
  for _, source in each(s.logging.sources, A_HOST_LOG, function(source)
    return logs.concerns(source, "iad") and logs.is_of(source, "provider")
      and lists.contains(logs.CHANNELS, source.kind)
  end) do
    ensure_shown(source, via)
  end
end

local A_SHOWN_LOG = { en = "a log that the customer can see", ja = "お客様が参照できるログ" }

-- ---- alerts ----

local ALERT = {
  admin_role_change   = { en = "changes of administrators' roles", ja = "管理者ロールの変更" },
  mfa_disabled        = { en = "multi-factor authentication that is switched off", ja = "多要素認証の無効化" },
  allow_list_change   = { en = "changes of the allow-list", ja = "アクセス元IP制限の変更" },
  break_glass_sign_in = { en = "sign-ins of break-glass accounts", ja = "緊急アクセス用アカウントのサインイン" },
  log_stopped         = { en = "logs that stop", ja = "ログの停止" },
  bandwidth           = { en = "bandwidth", ja = "帯域" },
}

-- On IAD the portal's second factor and Entra are options: without them there is nothing to switch off.
local function has_multi_factor(s)
  local contract = s.contract
  return contract.service ~= "iad" or lists.contains(contract.options, "mfa_option")
    or lists.contains(contract.options, "entra_connect")
end

-- Break-glass accounts are watched where there are any.
local function is_required(s, kind)
  if kind == "mfa_disabled" then
    return has_multi_factor(s)
  elseif kind ~= "break_glass_sign_in" then
    return true
  end
  return lists.find(given.need(s.identities.accounts), function(account)
    return account.kind == "break_glass" and account.enabled
  end) ~= nil
end

local function alerts_of(s, kind)
  local found = {}
  for _, alert in ipairs(maybe_empty(given.need(s.logging.alerts))) do
    if alert.kind == kind then
      table.insert(found, alert)
    end
  end
  return found
end

-- Whether an alert is on and tells somebody.
local function works(alert)
  return alert.enabled and not is_empty(alert.recipients) and not is_empty(alert.channels)
end

local NO_ALERT = {
  en = "no alert tells about {kind}",
  ja = "{kind}を通知するアラートがありません",
}

local DEAD_ALERT = {
  en = "the alert about {kind} is switched off, or has nobody to tell",
  ja = "{kind}を通知するアラートが無効か、通知先・通知手段が設定されていません",
}

local function check_alert(s, kind)
  local words = { kind = ALERT[kind] or kind }
  local found = alerts_of(s, kind)
  is_empty(s.logging.alerts)  -- read last: it decides
  ensure(#found > 0, s.logging.alerts, NO_ALERT, words)
  local working = lists.find(found, works) ~= nil
  for _, alert in ipairs(found) do
    local alive = works(alert)
    ensure(alive or working, alert, DEAD_ALERT, words)
  end
end

local A_LIVE_ALERT = { en = "an alert that is required and on", ja = "有効な必須アラート" }

local function required_alerts(s, params)
  return each(s.logging.alerts, A_LIVE_ALERT, function(alert)
    return alert.enabled and lists.contains(params.required_alerts, alert.kind)
  end)
end

-- ---- recipients ----

local NEEDS = { mail = "email", telephone = "telephone", sms = "telephone" }

-- Whether a contact can be told by one of the channels; portal and chat reach whoever is in charge.
local function is_reached(contact, channels)
  return lists.find(channels, function(channel)
    local needed = NEEDS[channel]
    if needed == "email" then
      return given.nullable(contact, "email") ~= nil
    end
    return needed == nil or has(contact, needed)
  end) ~= nil
end

local GONE = {
  en = "{contact}, who is told about {kind}, is no longer in charge",
  ja = "{kind}の通知先である {contact} は現在有効ではありません",
}

local UNREACHABLE = {
  en = "{contact}, who is told about {kind}, cannot be reached by the channels of the alert",
  ja = "{kind}の通知先である {contact} に、アラートの通知手段では連絡できません",
}

local function check_recipients(s, alert, contacts, as_of)
  local kind = ALERT[alert.kind] or alert.kind
  for _, id in ipairs(alert.recipients) do
    local contact = contacts[id]
    if contact ~= nil then
      local words = { contact = contact.name, kind = kind }
      ensure(is_reached(contact, given.need(alert.channels)), contact, UNREACHABLE, words)
      ensure(contact.active, contact, GONE, words)
      reachable.ensure_present(s, contact, as_of)
    end
  end
end

return {
  title      = { en = "Monitoring of cloud services", ja = "クラウドサービスの監視" },
  severity   = "medium",
  owner      = { iad = "shared", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 CLD.12.4.5", "ISO/IEC 27001:2022 A.8.15", "ISO/IEC 27001:2022 A.8.16",
    "IIJ-IAD012-0002 CLD.12.4.5", "IIJ-VDS051-0002 CLD.12.4.5",
  },
  tags       = { "logging", "alerts" },
  params     = {
    required_alerts = {
      type = "list", default = { "admin_role_change", "mfa_disabled", "allow_list_change", "break_glass_sign_in" },
      doc = {
        en = "What the customer has to be alerted to",
        ja = "アラートを必須とする事象",
      },
      source = {
        en = "Ours: how an intruder stays; break_glass_sign_in only where there are such accounts, "
          .. "mfa_disabled only where a second factor is contracted",
        ja = "本パックの提案：侵入者が居座るために使う操作。break_glass_sign_in は緊急用アカウントがある場合、"
          .. "mfa_disabled は多要素認証の契約がある場合のみ",
      },
    },
    alert_test_days = {
      type = "integer", default = 365, min = 1, max = 1096, unit = { en = "days", ja = "日" },
      doc = {
        en = "How old the last test of an alert may be",
        ja = "アラートの直近の試験を有効とみなす日数",
      },
      source = {
        en = "Ours: yearly, like other exercises",
        ja = "本パックの提案：他の訓練と同じく年1回",
      },
    },
  },

  rules = {
    {
      id    = "portal-offers-activity-log", ref = "R1", owner = "provider", when = { service = "ctx" },
      claimable = true,
      title = {
        en = "The portal offers the activity log",
        ja = "ポータルがアクティビティログの機能を提供している",
      },
      fix   = {
        en = "Look in the portal, and record activity_log among its functions, or accept the provider's claim.",
        ja = "ポータルを確認して機能（functions）に activity_log を記録するか、事業者表明を受諾してください。",
      },
      check = function(s)
        local functions = given.need(s.portals.customer_portal.functions)
        ensure(lists.contains(functions, "activity_log"), functions, {
          en = "the portal does not offer the activity log",
          ja = "ポータルにアクティビティログの機能がありません",
        })
      end,
    },
    {
      id    = "console-offers-event-log", ref = "R1", owner = "provider",
      when  = { service = "iad", option = "admin_console" }, claimable = true,
      title = {
        en = "The admin console offers the event logs",
        ja = "管理コンソールがイベントログの機能を提供している",
      },
      fix   = {
        en = "Look in the console, and record event_log among its functions, or accept the provider's claim.",
        ja = "管理コンソールを確認して機能（functions）に event_log を記録するか、事業者表明を受諾してください。",
      },
      check = function(s)
        local functions = given.need(s.portals.admin_console.functions)
        ensure(lists.contains(functions, "event_log"), functions, {
          en = "the admin console does not offer the event logs",
          ja = "管理コンソールにイベントログの機能がありません",
        })
      end,
    },
    {
      id    = "logs-shown-in-tools", ref = "R1", owner = "provider", when = { service = "iad" },
      title = {
        en = "The event logs can be seen with the administration tools",
        ja = "管理用ツールからイベントログを参照できる",
      },
      fix   = {
        en = "Open the event viewer against the host; when it is refused, ask the provider to let it through.",
        ja = "イベントビューアーで対象ホストに接続し、拒否される場合は事業者に参照権限を確認してください。",
      },
      check = function(s)
        check_host_logs(s, "admin_tools")
      end,
    },
    {
      id    = "logs-shown-in-console", ref = "R1", owner = "provider",
      when  = { service = "iad", option = "admin_console" },
      title = {
        en = "The event logs can be seen in the admin console",
        ja = "管理コンソールからイベントログを参照できる",
      },
      fix   = {
        en = "Ask the provider why the console does not show the log.",
        ja = "管理コンソールにログが表示されない理由を事業者に確認してください。",
      },
      check = function(s)
        check_host_logs(s, "admin_console")
      end,
    },
    {
      id    = "activity-log-shown", ref = "R1", owner = "provider", when = { service = "ctx" },
      title = {
        en = "The activity log can be seen in the portal",
        ja = "ポータルからアクティビティログを参照できる",
      },
      fix   = {
        en = "Look in the portal with a role that may see it; when it is not shown, ask the provider.",
        ja = "参照権限のある利用者でポータルを確認し、表示されない場合は事業者に問い合わせてください。",
      },
      check = function(s)
        for _, source in logs.portal_activity(s) do
          ensure_shown(source, "portal")
        end
      end,
    },
    {
      id    = "shown-own-tenant", ref = "R2", owner = "provider", severity = "high",
      title = {
        en = "What the customer can see of the provider's logs is this tenant's alone",
        ja = "お客様が参照できる事業者のログが当テナントの記録に限られている",
      },
      fix   = {
        en = "Report it to the provider as a security event at once; 18.1.3 asks the same of every log.",
        ja = "直ちに情報セキュリティ事象として事業者に報告してください（18.1.3 ではすべてのログについて判定します）。",
      },
      check = function(s)
        for _, source in each(s.logging.sources, A_SHOWN_LOG, function(source)
          return logs.is_of(source, "provider") and not is_empty(given.need(source.exposed_via))
        end) do
          logs.ensure_own_tenant(s, source)
        end
      end,
    },
    {
      id    = "required-alerts", ref = "R3", owner = "customer",
      title = {
        en = "Critical operations raise an alert",
        ja = "重要な操作にアラートが設定されている",
      },
      fix   = {
        en = "Set up the alert with recipients and a channel, or switch it on again.",
        ja = "通知先と通知手段を指定してアラートを設定するか、無効になっているアラートを有効にしてください。",
      },
      check = function(s, params)
        for _, kind in ipairs(params.required_alerts) do
          if is_required(s, kind) then
            check_alert(s, kind)
          end
        end
      end,
    },
    {
      id    = "alerts-tested", ref = "R3", owner = "customer", severity = "low",
      title = {
        en = "Alerts were tested",
        ja = "アラートの通知試験を実施している",
      },
      fix   = {
        en = "Raise the alert on purpose, see that it arrives, and record the date (tested_at).",
        ja = "対象の操作を行って通知の到達を確認し、実施日時（tested_at）を記録してください。",
      },
      check = function(s, params, as_of)
        local zone = s.tenant.time_zone
        for _, alert in required_alerts(s, params) do
          local kind = ALERT[alert.kind] or alert.kind
          local at = given.nullable(alert, "tested_at")
          ensure(at ~= nil, alert, {
            en = "the alert about {kind} was never tested",
            ja = "{kind}に関するアラートは通知試験が未実施です",
          }, { kind = kind })
          if at ~= nil then
            local days = given.need(time.age_days(alert.tested_at, as_of, zone))
            ensure(days <= params.alert_test_days, alert, {
              en = "the alert about {kind} was tested {days} days ago, the limit is {limit}",
              ja = "{kind}に関するアラートの通知試験から {days} 日が経過しています（上限 {limit} 日）",
            }, { kind = kind, days = days, limit = params.alert_test_days })
          end
        end
      end,
    },
    {
      id    = "alert-recipients", ref = "R4", owner = "customer",
      title = {
        en = "Who is alerted is in charge and can be reached",
        ja = "アラートの通知先が有効で、連絡が届く",
      },
      fix   = {
        en = "Replace recipients who have left, and add the mail address or telephone number that the channel needs.",
        ja = "異動・退職した通知先を変更し、通知手段に必要なメールアドレスまたは電話番号を登録してください。",
      },
      check = function(s, params, as_of)
        local contacts = lists.by_id(given.need(s.contacts))
        for _, alert in required_alerts(s, params) do
          check_recipients(s, alert, contacts, as_of)
        end
      end,
    },
  },
}
