-- CLD.9.5.2 Virtual machine hardening
-- SPDX-License-Identifier: Apache-2.0

local addresses = use("addresses")
local given = use("given")
local host_firewall = use("host_firewall")
local hosts = use("hosts")
local sides = use("sides")
local words = use("words")

-- ---- R1: listening, and let in from outside management ----

-- Ends with an assertion, so that what one host lacks does not blur the next.
local function has_scan(host)
  ensure(host.scan ~= nil, host, {
    en = "{host} was not scanned", ja = "{host} は走査されていません",
  }, { host = host.name })
  if not has(host, "scan") then
    return false
  end
  if host.scan.method == "network" then
    -- Null is no place, so it leaves the rule unknown: from inside and outside other things show.
    local from = host.scan.from_zone
    ensure(from ~= nil, host.scan)
    note({
      en = "{host} was scanned over the network, from {zone}: what a filter on the way hides does not show",
      ja = "{host} は {zone} からのネットワーク経由の走査です。経路上のフィルターで遮断されたポートは現れません",
    }, { host = host.name, zone = from or "" })
  end
  local answered = host.scan.host_state == "up"
  if not answered then
    note({
      en = "{host} did not answer the scan: what listens on it is not known",
      ja = "{host} は走査に応答しなかったため、待受ポートは不明です",
    }, { host = host.name })
    ensure(nil, host.scan)
  end
  return answered
end

local STALE = {
  en = "{what} was read {days} days ago, the limit is {limit}",
  ja = "{what} の取得から {days} 日が経過しています（上限 {limit} 日）",
}

local function check_age(subject, params, as_of, s, what)
  local days = time.age_days(subject.read_at, as_of, s.tenant.time_zone)
  ensure(days <= params.scan_days, subject, STALE, { what = what, days = days, limit = params.scan_days })
end

local function has_firewall(host)
  ensure(host.firewall ~= nil, host, {
    en = "the firewall of {host} was not read", ja = "{host} のファイアウォールが未取得です",
  }, { host = host.name })
  return has(host, "firewall")
end

local EXPOSED = {
  en = "{process} listens on {port}/{protocol}, which is not on the list of the role {role}; {by} lets "
    .. "{source} reach it",
  ja = "{process} が {port}/{protocol} で待ち受けています。{role} の役割の許可リストになく、{by} により {source} から"
    .. "到達できます",
}

local PERHAPS = {
  en = "{port}/{protocol} of {host} is {state}: it is not known whether something listens",
  ja = "{host} の {port}/{protocol} は {state} のため、待ち受けの有無は不明です",
}

local function check_row(host, row, open)
  local values = {
    host = host.name, role = words.word(words.HOST_ROLE, host.role), process = row.process, protocol = row.protocol,
    by = { en = open.by.en, ja = open.by.ja }, source = open.source,
    state = row.state, port = row.port,
  }
  if values.state == "open" then
    ensure(false, row, EXPOSED, values)
  else
    note(PERHAPS, values)
    ensure(nil, row)
    ensure(true, row)  -- ends what is missing here, so that the next row is judged by itself
  end
end

-- Where something is missing, the assertion is undecided, and the next row is judged by itself.
local function is_told(row)
  local told = row.state ~= nil and row.protocol ~= nil and row.address ~= nil and row.port ~= nil
  if not told then
    ensure(false, row)
  end
  return told
end

local function check_listening(host, params, blocks)
  local surplus = hosts.surplus(host, blocks, hosts.allowed(params, host.role))
  for _, row in ipairs(given.items(maybe_empty(host.scan.listening))) do
    local open = is_told(row) and row.state ~= "closed" and hosts.reached_by(row, surplus) or nil
    if open ~= nil and not (params.loopback_ok and hosts.is_loopback(row)) then
      check_row(host, row, open)
    end
  end
end

local function check_scan_age(host, params, as_of, tz)
  local days = time.age_days(host.scan.scanned_at, as_of, tz)
  ensure(days <= params.scan_days, host.scan, {
    en = "the scan is {days} days old, the limit is {limit}",
    ja = "走査から {days} 日が経過しています（上限 {limit} 日）",
  }, { days = days, limit = params.scan_days })
end

-- ---- R2: let in, whether or not anything listens ----

local function check_allowed(host, params, blocks)
  local told = {}
  for _, open in ipairs(hosts.surplus(host, blocks, hosts.allowed(params, host.role))) do
    local by = open.by
    if not told[by.view] then
      told[by.view] = true
      local _ = by.kind == "rule" and #by.view.ports or by.view[by.key]
      ensure(false, by.view, {
        en = "{by} lets {source} reach {protocol} {ports} of {host}, which the role {role} does not serve",
        ja = "{by} により、{source} から {host} の {protocol} {ports} への通信が許可されていますが、{role} の役割には不要です",
      }, {
        by = { en = by.en, ja = by.ja }, source = open.source, host = host.name,
        role = words.word(words.HOST_ROLE, host.role),
        protocol = open.protocol, ports = open.ports,
      })
    end
  end
end

-- ---- R3: services ----

-- systemd shows vsftpd as vsftpd.service; only that ending may be left out.
local function service_name(name)
  local normal = text.normalise(name)
  return normal ~= nil and string.gsub(normal, "%.service$", "") or nil
end

-- The forbidden services of a role, normalised.
local function forbidden(params, role)
  local names = {}
  local lists = { params.forbidden_services }
  if role ~= "vda" and role ~= "master_image" then
    table.insert(lists, params.forbidden_services_servers)
  end
  for _, list in ipairs(lists) do
    for _, name in ipairs(list) do
      names[service_name(name)] = true
    end
  end
  return names
end

local function check_service(service, name)
  ensure(service.state == "stopped", service, {
    en = "{service} is running", ja = "{service} が実行中です",
  }, { service = name })
  local mode = service.start_mode
  ensure(mode == "disabled", service, {
    en = "{service} can start: its start mode is {mode}",
    ja = "{service} が起動可能です（スタートアップの種類：{mode}）",
  }, { service = name, mode = words.word(words.START_MODE, mode) })
end

-- ---- R4: restriction by address ----

local function check_restriction(host)
  local filter, told, narrow = host_firewall.read(host.firewall), {}, 0
  for _, rule in ipairs(filter.inbound.allow) do
    narrow = narrow + (addresses.is_wide(rule.sources) and 0 or 1)
  end
  local _ = #host.firewall.rules
  ensure(narrow > 0, host.firewall, {
    en = "no rule of {host} is limited to source addresses",
    ja = "{host} に送信元アドレスを限定した規則がありません",
  }, { host = host.name })

  for _, open in ipairs(host_firewall.pieces(filter)) do
    local by = open.piece.by
    if (by.kind ~= "rule" or addresses.is_wide(by.rule.sources)) and not told[by] then
      told[by] = true
      local _ = by.kind == "rule" and #by.view.sources or by.view[by.key]
      ensure(false, by.view, {
        en = "{by} lets any address reach {protocol} {ports} of {host}",
        ja = "{by} により、任意のアドレスから {host} の {protocol} {ports} への通信が許可されています",
      }, {
        by = { en = by.en, ja = by.ja }, host = host.name, protocol = open.piece.protocol,
        ports = open.piece.ports,
      })
    end
  end
end

-- ---- R7: legacy protocols ----

local function check_legacy(legacy, params)
  for _, name in ipairs(params.forbidden_legacy) do
    ensure(not legacy[name], legacy, {
      en = "{protocol} is on", ja = "{protocol} が有効です",
    }, { protocol = words.word(words.LEGACY, name) })
  end
end

-- ---- parameters ----

local function port_list(default, en, ja, source)
  return {
    type = "list", default = default,
    doc = {
      en = "Ports that " .. en .. " serves to others than management (\"443/tcp\")",
      ja = ja .. "が管理網以外に提供するポート（「443/tcp」の形式）",
    },
    source = source,
  }
end

local CITRIX = {
  en = "Citrix Tech Zone, Communication Ports Used by Citrix Technologies",
  ja = "Citrix Tech Zone「Citrix テクノロジーが使用する通信ポート」",
}

-- ---- rules ----

local rules = {}

sides.add_pair(rules, {
  id    = "exposed-ports", ref = "R1",
  title = {
    en = "Hosts of the %s serve only the ports that their role needs",
    ja = "不要なポートで待ち受けている%sのホストがない",
  },
  fix   = {
    en = "Stop the program, bind it to loopback, or limit the firewall rule to management and jump "
      .. "zones; a port that the role needs goes on its list (parameter ports_...).",
    ja = "該当プログラムを停止するか、ループバックのみで待ち受けるようにするか、ファイアウォールの規則を管理網・"
      .. "踏み台のゾーンに限定してください。役割に必要なポートは許可リスト（パラメータ ports_…）に追加してください。",
  },
  check = function(s, side, params, as_of)
    local next_host, list, at = sides.hosts(s, side)
    local blocks = hosts.management_blocks(s)
    for _, host in next_host, list, at do
      local scanned, guarded = has_scan(host), has_firewall(host)
      if scanned and guarded then
        check_scan_age(host, params, as_of, s.tenant.time_zone)
        check_listening(host, params, blocks)
      end
    end
  end,
})

sides.add_pair(rules, {
  id    = "firewall-ports", ref = "R2",
  title = {
    en = "Firewalls of the %s's hosts let in only the ports that the role needs",
    ja = "%sのホストのファイアウォールが必要なポートのみを許可している",
  },
  fix   = {
    en = "Switch the firewall on, block by default, and take the surplus ports out of the rule that is "
      .. "named or limit it to management and jump zones.",
    ja = "ファイアウォールを有効にして受信を既定でブロックし、指摘された規則から不要なポートを除くか、"
      .. "送信元を管理網・踏み台のゾーンに限定してください。",
  },
  check = function(s, side, params, as_of)
    local next_host, list, at = sides.hosts(s, side)
    local blocks = hosts.management_blocks(s)
    for _, host in next_host, list, at do
      if has_firewall(host) then
        check_age(host.firewall, params, as_of, s, { en = "the firewall", ja = "ファイアウォール" })
        check_allowed(host, params, blocks)
      end
    end
  end,
})

sides.add_pair(rules, {
  id    = "forbidden-services", ref = "R3",
  title = {
    en = "Services that are not needed are stopped on the %s's hosts and cannot start",
    ja = "%sのホストで不要なサービス・常駐プログラムが停止し、起動できない",
  },
  fix   = {
    en = "Stop the service and set its start mode to disabled.",
    ja = "サービスを停止し、スタートアップの種類を「無効」にしてください。",
  },
  check = function(s, side, params, as_of)
    for _, host in sides.hosts(s, side) do
      local list, names = host.services, forbidden(params, host.role)
      ensure(list ~= nil, host, {
        en = "the services of {host} were not read", ja = "{host} のサービス一覧が未取得です",
      }, { host = host.name })
      if list ~= nil then
        local days = time.age_days(host.services_read_at, as_of, s.tenant.time_zone)
        ensure(days <= params.scan_days, host, {
          en = "the list of services is {days} days old, the limit is {limit}",
          ja = "サービス一覧の取得から {days} 日が経過しています（上限 {limit} 日）",
        }, { days = days, limit = params.scan_days })
        for _, service in ipairs(maybe_empty(list)) do
          local name = service.name
          if names[service_name(name)] then
            check_service(service, name)
          end
        end
      end
    end
  end,
})

sides.add_pair(rules, {
  id    = "address-restriction", ref = "R4",
  title = {
    en = "Every host of the %s restricts who may connect by address",
    ja = "%sのすべてのホストで IP アドレスによるアクセス制限がある",
  },
  fix   = {
    en = "Name the source addresses in the rule; remove rules that are open to any address, and do "
      .. "not leave the firewall off or allowing by default.",
    ja = "規則に送信元アドレスを指定し、任意のアドレスを許可する規則を削除してください。ファイアウォールの無効化や"
      .. "既定での許可は避けてください。",
  },
  check = function(s, side)
    for _, host in sides.hosts(s, side) do
      if has_firewall(host) then
        check_restriction(host)
      end
    end
  end,
})

sides.add_pair(rules, {
  id    = "baseline", ref = "R5",
  title = {
    en = "Hosts of the %s meet the hardening baseline",
    ja = "%sのホストが要塞化基準を満たしている",
  },
  fix   = {
    en = "Close the open items of the baseline, or assess the host anew.",
    ja = "要塞化基準の未適合項目を是正するか、評価を再実施してください。",
  },
  check = function(s, side, params, as_of)
    for _, host in sides.hosts(s, side) do
      local baseline = host.baseline
      ensure(baseline ~= nil, host, {
        en = "{host} was not assessed", ja = "{host} は評価されていません",
      }, { host = host.name })
      if baseline ~= nil then
        local id, score = baseline.id, baseline.score_percent
        ensure(score >= params.baseline_min, baseline, {
          en = "{score} % of the baseline {id} is met, {least} % is wanted",
          ja = "要塞化基準 {id} の適合率が {score} % です（下限 {least} %）",
        }, { score = score, id = id, least = params.baseline_min })
        local days = time.age_days(baseline.assessed_at, as_of, s.tenant.time_zone)
        ensure(days <= params.baseline_days, baseline, {
          en = "the assessment is {days} days old, the limit is {limit}",
          ja = "評価から {days} 日が経過しています（上限 {limit} 日）",
        }, { days = days, limit = params.baseline_days })
      end
    end
  end,
})

table.insert(rules, {
  id    = "image-age", ref = "R6", owner = "customer",
  when  = { service = "ctx" },
  title = {
    en = "Session hosts are made from a recent image",
    ja = "セッションホストのイメージが期限内に更新されている",
  },
  fix   = {
    en = "Build a new version of the master image with current updates and publish it.",
    ja = "最新の更新を適用したマスターイメージの新しい版を作成し、公開してください。",
  },
  check = function(s, params, as_of)
    for _, host in each(s.hosts, {
      en = "a running session host or master image", ja = "稼働中のセッションホスト・マスターイメージ",
    }, function(host)
      return host.state == "running" and (host.role == "vda" or host.role == "master_image")
    end) do
      local image = host.image
      ensure(image ~= nil, host, {
        en = "the image of {host} is not known", ja = "{host} のイメージが不明です",
      }, { host = host.name })
      if image ~= nil then
        local id, name = image.id, host.name
        local days = time.age_days(image.built_at, as_of, s.tenant.time_zone)
        ensure(days <= params.image_days, image, {
          en = "image {id} of {host} is {days} days old, the limit is {limit}",
          ja = "{host} のイメージ {id} は作成から {days} 日が経過しています（上限 {limit} 日）",
        }, { id = id, host = name, days = days, limit = params.image_days })
      end
    end
  end,
})

sides.add_pair(rules, {
  id    = "legacy-protocols", ref = "R7",
  title = {
    en = "SMBv1 and other legacy protocols are off on the %s's hosts",
    ja = "%sのホストで SMBv1 などのレガシープロトコルが無効である",
  },
  fix   = {
    en = "Remove the feature (SMB1Protocol, MicrosoftWindowsPowerShellV2) or switch the protocol off by "
      .. "group policy.",
    ja = "該当する機能（SMB1Protocol、MicrosoftWindowsPowerShellV2 など）を削除するか、グループポリシーで"
      .. "無効にしてください。",
  },
  check = function(s, side, params, as_of)
    local windows, others = false, false
    for _, host in sides.hosts(s, side) do
      if host.os.family ~= "windows" then
        others = true
      else
        windows = true
        local legacy = host.legacy
        ensure(legacy ~= nil, host, {
          en = "the legacy protocols of {host} were not read",
          ja = "{host} のレガシープロトコルの設定が未取得です",
        }, { host = host.name })
        if legacy ~= nil then
          check_age(legacy, params, as_of, s, { en = "the setting", ja = "設定" })
          check_legacy(legacy, params)
        end
      end
    end
    if others and not windows then
      not_applicable({ en = "no running host has Windows", ja = "稼働中の Windows ホストがないため" })
    end
  end,
})

return {
  title      = { en = "Virtual machine hardening", ja = "仮想マシンの要塞化" },
  severity   = "high",
  owner      = { iad = "provider", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = { "ISO/IEC 27017:2015 CLD.9.5.2" },
  tags       = { "host", "hardening", "firewall" },
  params     = {
    ports_dc = port_list({
      "53", "88", "123/udp", "135/tcp", "137-138/udp", "139/tcp", "389", "445/tcp", "464", "593/tcp", "636/tcp",
      "3268-3269/tcp", "5985/tcp", "9389/tcp", "47001/tcp", "49152-65535/tcp",
    }, "a domain controller", "ドメインコントローラー",
      {
        en = "Microsoft, Service overview and network port requirements for Windows",
        ja = "Microsoft「Windows のサービス概要とネットワーク ポート要件」",
      }),
    ports_vda = port_list({
      "80/tcp", "443", "1494", "2598", "8008/tcp", "16500-16509/udp",
    }, "a session host or master image", "セッションホスト・マスターイメージ", CITRIX),
    ports_connector = port_list({ "80/tcp", "443/tcp" }, "a Cloud Connector", "Cloud Connector ", CITRIX),
    ports_file_server = port_list({ "445/tcp" }, "a file server", "ファイルサーバー", "SMB over TCP"),
    ports_admin_console = port_list({ "443/tcp" }, "the admin console", "管理コンソール", "HTTPS"),
    ports_log_server = port_list({ "514", "6514/tcp", "5985-5986/tcp" }, "a log server", "ログサーバー",
      {
        en = "RFC 5426, RFC 5425; Microsoft, Windows Event Collector",
        ja = "RFC 5426、RFC 5425、Microsoft の Windows イベント コレクターの資料",
      }),
    ports_other = port_list({}, "a host of any other role", "その他の役割のホスト",
      { en = "Nothing, until somebody says what they serve", ja = "なし（用途が決まるまでは開けない）" }),
    loopback_ok = {
      type = "boolean", default = true,
      doc = { en = "What listens on loopback only is left out", ja = "ループバックのみの待ち受けを対象外とするか" },
      source = {
        en = "Nothing from outside reaches 127.0.0.0/8 and ::1 (RFC 1122 3.2.1.3, RFC 4291 2.5.3)",
        ja = "127.0.0.0/8 と ::1 には外部から到達できない（RFC 1122 3.2.1.3、RFC 4291 2.5.3）",
      },
    },
    scan_days = {
      type = "integer", default = 30, min = 1, max = 366, unit = { en = "days", ja = "日" },
      doc = {
        en = "How old a scan of ports, or a reading of firewall, services or settings, may be",
        ja = "ポートの走査、ファイアウォール・サービス・設定の取得結果を有効とみなす日数",
      },
      source = {
        en = "As for the baseline",
        ja = "ベースラインと同じ",
      },
    },
    forbidden_services = {
      type = "list",
      default = {
        "RemoteRegistry", "TlntSvr", "FTPSVC", "SNMP", "simptcp", "SSDPSRV", "upnphost", "WMPNetworkSvc", "XblGameSave",
        "telnet.socket", "vsftpd", "rsh.socket", "tftp.socket",
      },
      doc = {
        en = "Services that no host may be able to start",
        ja = "すべてのホストで起動を禁止するサービス",
      },
      source = {
        en = "CIS Benchmarks for Windows Server and Linux, system services",
        ja = "CIS Benchmark（Windows Server、Linux）のシステムサービスの項",
      },
    },
    forbidden_services_servers = {
      type = "list", default = { "Spooler" },
      doc = {
        en = "Services that servers may not be able to start either; session hosts need them for printing",
        ja = "サーバーで追加で起動を禁止するサービス（印刷に必要なセッションホストは対象外）",
      },
      source = {
        en = "Microsoft, disabling the Print Spooler on domain controllers and servers (CVE-2021-34527)",
        ja = "Microsoft の推奨：ドメインコントローラーとサーバーで印刷スプーラーを無効化（CVE-2021-34527）",
      },
    },
    baseline_min = {
      type = "number", default = 90, min = 0, max = 100, unit = { en = "percent", ja = "%" },
      doc = { en = "Least score of the hardening baseline", ja = "要塞化基準の適合率の下限" },
      source = {
        en = "Leaves room for documented deviations; the white papers name no score",
        ja = "文書化した逸脱の余地を残すため。ホワイトペーパーに点数の記載なし",
      },
    },
    baseline_days = {
      type = "integer", default = 30, min = 1, max = 366, unit = { en = "days", ja = "日" },
      doc = { en = "How old an assessment may be", ja = "要塞化基準の評価を有効とみなす日数" },
      source = {
        en = "One cycle of monthly updates",
        ja = "月例更新プログラム1回分",
      },
    },
    image_days = {
      type = "integer", default = 90, min = 1, max = 366, unit = { en = "days", ja = "日" },
      doc = { en = "How old an image may be", ja = "イメージの作成からの経過日数の上限" },
      source = {
        en = "Three cycles of monthly updates",
        ja = "月例更新プログラム3回分",
      },
    },
    forbidden_legacy = {
      type = "list", default = { "smb1", "ntlm1", "llmnr", "netbios", "powershell2" },
      doc = {
        en = "Legacy protocols of Windows that have to be off: fields of hosts[].legacy",
        ja = "無効であることを求める Windows のレガシープロトコル（hosts[].legacy の項目）",
      },
      source = {
        en = "Microsoft security baselines; SMBv1 first of all",
        ja = "Microsoft セキュリティ ベースライン（特に SMBv1）",
      },
    },
  },

  rules = rules,
}
