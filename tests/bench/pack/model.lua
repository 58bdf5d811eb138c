-- model.lua: the snapshots that ../gen.py makes
-- SPDX-License-Identifier: Apache-2.0

local function req(name, kind, en, ja, unit)
  return { name, kind, required = true, en = en, ja = ja, unit = unit }
end

-- Required as well: no rule reads it, but whoever follows a finding up needs it.
local function tell(name, kind, en, ja, unit)
  return { name, kind, required = true, for_people = true, en = en, ja = ja, unit = unit }
end

local id, timestamp, cidr, ip = format"id", format"timestamp", format"cidr", format"ip"
local url, email, country = format"url", format"email", format"country"
local str, count, port = text{}, integer{ min = 0 }, integer{ min = 1, max = 65535 }
local percent, vlan = integer{ min = 0, max = 100 }, integer{ min = 1, max = 4094 }

local id_field = req("id", id, "Identifier", "識別子")

local settings = record{
  req("ip_allow", list(cidr), "Networks that administrators come from", "管理者の接続元として許可するネットワーク"),
  req("ports_allow", list(port), "Ports that hosts may open", "ホストに許可するポート"),
  req("countries", list(country), "Countries for data and hosts", "データとホストを置ける国"),
  req("email_domains", list(format"hostname"), "Our domains", "自社ドメイン"),
  req("roles", list(str), "Roles of administrators", "管理者の役割"),
  req("ntp", list(format"hostname"), "Time servers", "タイムサーバー"),
  req("weak_ciphers", list(str), "Cipher suites that are too weak", "弱い暗号スイート"),
  req("vlans", list(vlan), "VLANs of the physical plan", "物理設計の VLAN"),
}

local governance = record{
  req("matrix_approved", boolean, "The responsibility matrix is approved", "責任分担表の承認"),
  req("matrix_reviewed", timestamp, "When it was reviewed", "責任分担表の見直し日時"),
  req("access_review", timestamp, "When access rights were reviewed", "アクセス権の見直し日時"),
  req("audit", timestamp, "When the last audit was", "直近の監査日時"),
  req("incident_notify_h", count, "Customers are told within", "お客様への通知期限", "hours"),
  req("policies", list(record{
    id_field,
    req("reviewed", timestamp, "When it was reviewed", "見直し日時"),
  }, { unique = "id" }), "Policies", "方針"),
  req("contacts", list(record{
    req("authority", str, "Which authority", "当局"),
    req("verified", timestamp, "When it was verified", "確認日時"),
  }), "Contacts with authorities", "関係当局の連絡先"),
  req("roles", list(record{
    req("name", str, "Which role", "役割"),
    req("owner", str, "Who has it, empty for nobody", "担当者（未定の場合は空）"),
  }), "Roles", "役割"),
}

local network = record{
  id_field,
  req("tenant", str, "Whose it is", "テナント"),
  req("cidr", cidr, "Its addresses", "アドレス範囲"),
  req("vlan", vlan, "Its VLAN", "VLAN"),
}

local firewall_rule = record{
  id_field,
  req("source", cidr, "Where it lets in from", "送信元"),
  req("port", port, "To which port", "ポート"),
  req("action", enum{ "allow", "deny" }, "What it does", "動作"),
}

local endpoint = record{
  id_field,
  tell("url", url, "Where it is", "URL"),
  req("tls", str, "The oldest TLS version that it accepts", "受け入れる最も古い TLS バージョン"),
  req("ciphers", list(str), "Its cipher suites", "暗号スイート"),
  req("cert_expires", timestamp, "When its certificate ends", "証明書の有効期限"),
  req("hsts", boolean, "It sends HSTS", "HSTS"),
}

local datastore = record{
  id_field,
  req("location", country, "Country", "所在国"),
  req("cipher", str, "What it is encrypted with", "暗号方式"),
  req("class", str, "Class of its data", "データの分類"),
  req("public", boolean, "Open to the public", "一般公開"),
  req("backup", record{
    req("enabled", boolean, "It is backed up", "バックアップの有無"),
    req("interval_h", count, "How often", "取得間隔", "hours"),
    req("retention_d", count, "How long it is kept", "保管期間", "days"),
    req("location", str, "Where to", "保管場所"),
  }, "Its backup", "バックアップ"),
}

local key = record{
  id_field,
  req("algo", str, "Algorithm", "アルゴリズム"),
  req("bits", count, "Length", "鍵長", "bits"),
  req("rotated", timestamp, "When it was rotated", "更新日時"),
  req("hsm", boolean, "In an HSM", "HSM での保管"),
}

local log = record{
  req("source", str, "What it is the log of", "ログの対象"),
  req("retention_d", count, "How long it is kept", "保管期間", "days"),
  req("immutable", boolean, "Nobody can change it", "改変防止"),
  req("shipped", boolean, "It is sent to another place", "外部への転送"),
  req("admin", boolean, "It is a log of administrators", "管理者の作業ログ"),
}

local admin = record{
  id_field,
  req("email", email, "Mail address", "メールアドレス"),
  req("role", str, "Role", "役割"),
  req("mfa", boolean, "Signs in with a second factor", "多要素認証"),
  req("fido2", boolean, "Has a FIDO2 key", "FIDO2 キー"),
  req("source_ip", ip, "Where the last sign-in came from", "直近の接続元"),
  req("rotated", timestamp, "When the credential was rotated", "認証情報の更新日時"),
  req("trained", timestamp, "When the last training was", "直近の研修日時"),
  req("session_min", count, "How long a session lasts", "セッションの有効時間", "minutes"),
}

local host = record{
  id_field,
  req("net", str, "Its network", "所属ネットワーク"),
  req("ip", ip, "Its address", "アドレス"),
  req("ports", list(port), "Open ports", "開いているポート"),
  req("hardened", boolean, "Made from a hardened image", "要塞化済みイメージの使用"),
  req("owner", str, "Who owns it, empty for nobody", "管理者（未定の場合は空）"),
  req("patch_days", count, "Since the last patch", "パッチ適用からの日数", "days"),
  req("crit_vulns", count, "Critical vulnerabilities", "緊急の脆弱性の件数"),
  req("clock_ms", integer{}, "How far its clock is off", "時刻のずれ", "milliseconds"),
  req("ntp", format"hostname", "Its time server", "タイムサーバー"),
  req("cpu", percent, "Use of its processors", "CPU 使用率", "percent"),
  req("disk", percent, "Use of its disks", "ディスク使用率", "percent"),
  req("sig_days", count, "Age of its malware signatures", "定義ファイルの経過日数", "days"),
  req("location", country, "Country", "所在国"),
  req("disk_enc", boolean, "Its disk is encrypted", "ディスクの暗号化"),
}

return record{
  req("snapshot_time", timestamp, "When it was taken", "取得日時"),
  req("tenant", record{
    id_field,
    tell("name", str, "Name", "名称"),
  }, "The tenant", "テナント"),
  req("settings", settings, "What is allowed", "許可設定"),
  req("governance", governance, "Governance", "ガバナンス"),
  req("networks", list(network, { unique = "id" }), "Networks", "ネットワーク"),
  req("firewall", list(firewall_rule, { unique = "id" }), "Firewall", "ファイアウォール"),
  req("endpoints", list(endpoint, { unique = "id" }), "Endpoints", "エンドポイント"),
  req("datastores", list(datastore, { unique = "id" }), "Data stores", "データストア"),
  req("keys", list(key, { unique = "id" }), "Keys", "鍵"),
  req("logs", list(log), "Logs", "ログ"),
  req("monitors", list(record{
    id_field,
    req("enabled", boolean, "It is on", "有効"),
    req("interval_s", count, "How often it looks", "監視間隔", "seconds"),
  }, { unique = "id" }), "Monitors", "監視"),
  req("operations", list(record{
    id_field,
    req("critical", boolean, "Critical", "重要な操作"),
    req("documented", boolean, "Documented", "文書化"),
    req("approvers", count, "How many approve it", "承認者数"),
  }, { unique = "id" }), "Operations", "操作"),
  req("changes", list(record{
    id_field,
    req("author", str, "Who made it", "申請者"),
    req("approver", str, "Who approved it", "承認者"),
    req("tested", boolean, "It was tested", "試験の実施"),
  }, { unique = "id" }), "Changes", "変更"),
  req("suppliers", list(record{
    id_field,
    req("agreement", boolean, "There is an agreement", "合意の有無"),
    req("attestations", list(record{
      req("standard", str, "Standard", "規格"),
      req("expires", timestamp, "When it ends", "有効期限"),
    }), "Attestations", "証明書"),
  }, { unique = "id" }), "Suppliers", "供給者"),
  req("offboarding", list(record{
    req("customer", str, "Former customer", "解約したお客様"),
    req("deletion_days", count, "Deleted after", "削除までの日数", "days"),
    req("certificate", boolean, "A certificate was issued", "削除証明書の発行"),
  }), "Contracts that ended", "解約"),
  req("media", list(record{
    id_field,
    req("state", str, "State", "状態"),
    req("certificate", str, "Certificate of its disposal, empty for none", "処分の証明書（ない場合は空）"),
  }, { unique = "id" }), "Media", "媒体"),
  req("utilities", list(record{
    req("name", str, "Program", "プログラム"),
    req("restricted", boolean, "Its use is restricted", "使用の制限"),
    req("logged", boolean, "Its use is logged", "使用の記録"),
  }), "Privileged utility programs", "特権的なユーティリティプログラム"),
  req("repos", list(record{
    id_field,
    req("protected", boolean, "The default branch is protected", "既定ブランチの保護"),
    req("reviews", count, "Reviews that a change needs", "必要なレビュー数"),
    req("sast", boolean, "Static analysis", "静的解析"),
  }, { unique = "id" }), "Repositories", "リポジトリ"),
  req("records", list(record{
    req("type", str, "Which records", "記録の種類"),
    req("retention_y", count, "How long they are kept", "保管期間", "years"),
  }), "Records", "記録"),
  req("service_accounts", list(record{
    id_field,
    req("key_days", count, "Age of the key", "鍵の経過日数", "days"),
    tell("roles", list(str), "Roles", "役割"),
    tell("last_used", timestamp, "When it was last used", "最終使用日時"),
  }, { unique = "id" }), "Service accounts", "サービスアカウント"),
  req("admins", list(admin, { unique = "id" }), "Administrators", "管理者"),
  req("hosts", list(host, { unique = "id" }), "Hosts", "ホスト"),
}
