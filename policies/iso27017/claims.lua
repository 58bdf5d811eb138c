-- claims.lua: what the provider's white papers state of its own side, clause by clause
-- SPDX-License-Identifier: Apache-2.0
--
-- Put in our own words; the papers say more, and only they are the provider's. A set counts for
-- nobody until the customer has read it and accepts it in the snapshot (docs/claims.md). It holds
-- the clauses whose provider side no tenant can measure, or where the provider states a procedure or
-- offers a function; and nothing that a customer can measure. A changed word
-- changes the digest, so that every customer accepts anew: add a version, do not edit one.

return {
  {
    doc = "iij-iad012-0002",
    version = "1.1",
    issued = "2024-08-31",
    services = { "iad" },
    title = {
      en = "Security white paper on ISO/IEC 27017 for the IIJ Directory Service for Microsoft",
      ja = "IIJディレクトリサービス for Microsoft セキュリティホワイトペーパー（ISO/IEC 27017）",
    },
    statements = {
      { clause = "5.1.1",
        en = "The service is run under the provider's information security policy, which is published. Its "
          .. "design and operation take into account: baseline requirements, risks from the provider's own "
          .. "staff, isolation of tenants and virtualization, control of administrative access, notice of "
          .. "changes, the life cycle of accounts, and help with breaches and forensics.",
        ja = "公開されている情報セキュリティ基本方針に従ってサービスを運営しており、基本的な要求事項、内部関係者のリスク、"
          .. "テナントの隔離と仮想化、管理アクセスの統制、変更の通知、アカウントのライフサイクル、"
          .. "違反時の通知と調査支援を設計・運営で考慮している。" },
      { clause = "7.2.2",
        en = "The rules behind the published policy require education of all employees.",
        ja = "公開している基本方針の規程に、全社員への教育を実施することを定めている。" },
      { clause = "8.1.1",
        en = "The customer's information assets are kept clearly apart from the information with which the "
          .. "provider runs the service.",
        ja = "お客様の情報資産と、事業者がサービス運営に用いる情報とを明確に分けて管理している。" },
      { clause = "8.2.2",
        en = "The portal shows the service documents with the contracted services and options; "
          .. "service codes tell customers and services apart.",
        ja = "契約中のサービス・オプションと機能を記したサービスドキュメントをポータル"
          .. "で閲覧でき、サービスコードでお客様と利用サービスを識別している。" },
      { clause = "9.2.1",
        en = "The portal offers registration and removal of operators; the administration tools and "
          .. "the console offer that of administrators, users and groups. The service documents tell "
          .. "how.",
        ja = "ポータルで運用管理担当者を、管理用ツールと管理コンソールで管理者・利用者・"
          .. "グループを登録・削除でき、手順はサービスドキュメントに記載している。" },
      { clause = "9.2.2",
        en = "The portal offers management of the rights of operators; the administration tools and "
          .. "the console offer that of administrators.",
        ja = "ポータルで運用管理担当者の権限を、"
          .. "管理用ツールと管理コンソールで管理者の権限を管理できる。" },
      { clause = "9.2.4",
        en = "The service documents tell how operators of the portal are registered, and how "
          .. "passwords are changed and issued anew.",
        ja = "ポータルの運用管理担当者の登録、パスワードの変更・"
          .. "再発行の方法をサービスドキュメントに記載している。" },
      { clause = "9.4.4",
        en = "The provider offers no utility program that gets around security procedures to use "
          .. "functions of the service.",
        ja = "セキュリティ手順を回避してサービスの機能を利用できるユーティリティプログ"
          .. "ラムは提供していない。" },
      { clause = "CLD.9.5.1",
        en = "The network that customers reach is separate from the management network of the provider's "
          .. "operators. Software and access rights keep the data of customers apart.",
        ja = "お客様が利用するネットワークと事業者の運用管理ネットワークを分離し、お客様間のデータはソフトウェアと"
          .. "アクセス権限によって分離している。" },
      { clause = "CLD.9.5.2",
        en = "Access to the equipment is restricted by IP address; ports and resident programs that are not "
          .. "needed are stopped.",
        ja = "設備へのアクセスを IP アドレスで制限し、不要なポートと常駐プログラムを停止している。" },
      { clause = "11.2.7",
        en = "Before equipment is reused or disposed of, a defined process erases the data on it or destroys it.",
        ja = "設備の再利用・廃棄にあたり、定めたプロセスに従ってデータの消去または物理的な破壊を行っている。" },
      { clause = "12.1.3",
        en = "The amount of resources and how they are doing is managed, so that the service stays stable.",
        ja = "安定して提供できるよう、リソースの量と稼働状況を管理している。" },
      { clause = "CLD.12.1.5",
        en = "The service documents give the procedures that are needed to use the service.",
        ja = "サービスの利用に必要な操作手順をサービスドキュメントで提供している。" },
      { clause = "12.4.4",
        en = "The provider synchronises its clocks by NTP and keeps Japan Standard Time. What the "
          .. "paper adds about FSMO is not part of this claim.",
        ja = "事業者の設備は NTP で時刻を同期し、"
          .. "日本標準時（JST）で管理している。"
          .. "FSMO に関する記載はこの表明に含まない。" },
      { clause = "CLD.12.4.5",
        en = "The administration tools and the admin console offer event logs.",
        ja = "管理用ツールと管理コンソールでイベントログを提供している。" },
      { clause = "12.6.1",
        en = "Information on vulnerabilities, also unpublished, is collected all the time and assessed for the "
          .. "equipment of the service; what affects the provider's side is dealt with promptly.",
        ja = "非公開のものを含む脆弱性情報を常時収集してサービス設備への影響を評価し、事業者の責任範囲に影響がある場合は"
          .. "速やかに対処している。" },
      { clause = "13.1.3",
        en = "The customers' network and the management network of the operators are separate, and the data of "
          .. "customers is kept apart by software and access rights.",
        ja = "お客様のネットワークと運用担当者の管理ネットワークは別であり、お客様同士のデータはソフトウェアと"
          .. "アクセス権限で隔てられている。" },
      { clause = "CLD.13.1.4",
        en = "The service uses no virtual networks.",
        ja = "本サービスでは仮想ネットワークを使用していない。" },
      { clause = "14.2.1",
        en = "Development and operation follow a change management process; a release comes after a risk "
          .. "assessment.",
        ja = "開発・運営は変更管理プロセスに従い、リスクアセスメントを経てからリリースしている。" },
      { clause = "15.1.3",
        en = "No other cloud service is part of the service. The risk of its suppliers, such as data centres and "
          .. "hardware, is managed under the provider's security policy.",
        ja = "他のクラウドサービスの供給は受けておらず、データセンターや機器などの供給者については、"
          .. "事業者のセキュリティ方針に沿ってリスクを管理している。" },
      { clause = "16.1.1",
        en = "The provider reports incidents on its side, about contract data or data of operation "
          .. "that concerns the customer, promptly by portal or mail.",
        ja = "契約者情報や運営上の派生データなど事業者の責任範囲でインシデントが発生し"
          .. "た場合は、ポータルやメールで速やかに報告する。" },
      { clause = "16.1.2",
        en = "The provider reports security incidents promptly by portal or mail, and takes the "
          .. "customer's reports of events at its desk.",
        ja = "情報セキュリティ事故はポータルやメールで速やかに報告し、"
          .. "お客様からの事象の報告は問い合わせ窓口で受け付けている。" },
      { clause = "16.1.7",
        en = "Evidence in the customer's area is the customer's to collect; logs of the provider's "
          .. "side are given out case by case on request.",
        ja = "お客様の責任範囲の証拠はお客様が収集し、"
          .. "事業者の責任範囲のログは要望に応じて個別に提供する。" },
      { clause = "18.1.2",
        en = "What the customer sets up with the service is under the customer's control; the service "
          .. "documents name the desk.",
        ja = "サービスで設定した内容はお客様の管理下にあり、"
          .. "問い合わせ窓口はサービスドキュメントに記載している。" },
      { clause = "18.1.3",
        en = "System, application and security logs are kept on the service's equipment, and cannot "
          .. "be reached across contracts.",
        ja = "サービス設備にシステム・アプリケーション・セキュリティの各ログを保存し、"
          .. "契約を超えて記録にアクセスできない仕組みとしている。" },
    },
  },
  {
    doc = "iij-vds051-0002",
    version = "1.1",
    issued = "2024-10-08",
    services = { "ctx" },
    title = {
      en = "Security white paper on ISO/IEC 27017 for IIJ Virtual Desktop Service / Citrix Cloud for Azure "
        .. "Virtual Desktop",
      ja = "IIJ仮想デスクトップサービス/Citrix Cloud for Azure Virtual Desktop セキュリティホワイトペーパー"
        .. "（ISO/IEC 27017）",
    },
    statements = {
      { clause = "5.1.1",
        en = "The service is run under the provider's information security policy, which is published. Its "
          .. "design and operation take into account: baseline requirements, risks from the provider's own "
          .. "staff, isolation of tenants and virtualization, control of administrative access, notice of "
          .. "changes, the life cycle of accounts, and help with breaches and forensics.",
        ja = "公開されている情報セキュリティ基本方針に従ってサービスを運営しており、基本的な要求事項、内部関係者のリスク、"
          .. "テナントの隔離と仮想化、管理アクセスの統制、変更の通知、アカウントのライフサイクル、"
          .. "違反時の通知と調査支援を設計・運営で考慮している。" },
      { clause = "7.2.2",
        en = "The rules behind the published policy require education of all employees.",
        ja = "公開している基本方針の規程に、全社員への教育を実施することを定めている。" },
      { clause = "8.1.1",
        en = "The data that customers store is kept clearly apart from the information with which the provider "
          .. "runs the service.",
        ja = "お客様が保存するデータと、事業者がサービス運営に用いる情報とを明確に分けて管理している。" },
      { clause = "8.2.2",
        en = "The portal shows the service documents with the contracted services and options; "
          .. "service codes tell customers and services apart.",
        ja = "契約中のサービス・オプションと機能を記したサービスドキュメントをポータル"
          .. "で閲覧でき、サービスコードでお客様と利用サービスを識別している。" },
      { clause = "9.2.1",
        en = "The portal offers registration and removal of operators, administrators and users. The "
          .. "service documents tell how.",
        ja = "ポータルで運用管理担当者・管理者・利用者を登録・削除でき、"
          .. "手順はサービスドキュメントに記載している。" },
      { clause = "9.2.2",
        en = "The portal offers management of the rights of operators, administrators and users; the "
          .. "service documents tell what each right reaches and how it is changed.",
        ja = "ポータルで運用管理担当者・管理者・利用者の権限を管理でき、"
          .. "権限の範囲と変更手順はサービスドキュメントに記載している。" },
      { clause = "9.2.4",
        en = "The service documents tell how operators, administrators and users of the portal are "
          .. "registered, and how passwords are changed and issued anew.",
        ja = "ポータルの運用管理担当者・管理者・利用者の登録、パスワードの変更・"
          .. "再発行の方法をサービスドキュメントに記載している。" },
      { clause = "9.4.4",
        en = "The provider offers no utility program that gets around security procedures to use "
          .. "functions of the service.",
        ja = "セキュリティ手順を回避してサービスの機能を利用できるユーティリティプログ"
          .. "ラムは提供していない。" },
      { clause = "CLD.9.5.1",
        en = "The network that customers reach is separate from the management network of the provider's "
          .. "operators. Software keeps the data of customers apart.",
        ja = "お客様が利用するネットワークと事業者の運用管理ネットワークを分離し、お客様間のデータはソフトウェアによって"
          .. "分離している。" },
      { clause = "CLD.9.5.2",
        en = "Access to the equipment is restricted by IP address; ports and resident programs that are not "
          .. "needed are stopped.",
        ja = "設備へのアクセスを IP アドレスで制限し、不要なポートと常駐プログラムを停止している。" },
      { clause = "11.2.7",
        en = "Before equipment is reused or disposed of, a defined process erases the data on it or destroys it.",
        ja = "設備の再利用・廃棄にあたり、定めたプロセスに従ってデータの消去または物理的な破壊を行っている。" },
      { clause = "CLD.12.1.5",
        en = "The service documents give the procedures that are needed to use the service.",
        ja = "サービスの利用に必要な操作手順をサービスドキュメントで提供している。" },
      { clause = "12.4.3",
        en = "The provider records the work that its operators do to keep up the service, on its own side.",
        ja = "事業者の責任範囲において、サービスの維持管理で行う運用担当者の作業をログに記録している。" },
      { clause = "12.4.4",
        en = "The provider synchronises its clocks by NTP and keeps Japan Standard Time; the times "
          .. "that the service records follow them.",
        ja = "事業者の設備は NTP で時刻を同期し、日本標準時（JST）で管理しており、"
          .. "サービスが記録する時刻はこの同期に基づく。" },
      { clause = "CLD.12.4.5",
        en = "The portal offers activity logs.",
        ja = "ポータルでアクティビティログを提供している。" },
      { clause = "13.1.3",
        en = "The customers' network and the management network of the operators are separate, and the data of "
          .. "customers is kept apart by software.",
        ja = "お客様のネットワークと運用担当者の管理ネットワークは別であり、お客様同士のデータはソフトウェアで"
          .. "隔てられている。" },
      { clause = "CLD.13.1.4",
        en = "Bandwidth is watched and early signs of trouble are looked for, so that the virtual and the physical "
          .. "networks stay consistent.",
        ja = "帯域を監視して障害の予兆を検知し、仮想ネットワークと物理ネットワークの整合を保っている。" },
      { clause = "14.2.1",
        en = "Development and operation follow a change management process; a release comes after a risk "
          .. "assessment.",
        ja = "開発・運営は変更管理プロセスに従い、リスクアセスメントを経てからリリースしている。" },
      { clause = "15.1.3",
        en = "The risk of the suppliers of its parts (platform services, data centres, hardware) is managed under "
          .. "the provider's security policy; they were chosen after making sure that their level of security "
          .. "is equal.",
        ja = "構成要素（PaaS、データセンター、機器など）の供給者は事業者のセキュリティ方針に沿ってリスクを管理し、"
          .. "同等の情報セキュリティ水準にあることを確認したうえで採用している。" },
      { clause = "16.1.1",
        en = "The provider reports incidents on its side, about contract data or data of operation "
          .. "that concerns the customer, promptly by portal or mail.",
        ja = "契約者情報や運営上の派生データなど事業者の責任範囲でインシデントが発生し"
          .. "た場合は、ポータルやメールで速やかに報告する。" },
      { clause = "16.1.2",
        en = "The provider reports security incidents promptly by portal or mail, and takes the "
          .. "customer's reports of events at its desk.",
        ja = "情報セキュリティ事故はポータルやメールで速やかに報告し、"
          .. "お客様からの事象の報告は問い合わせ窓口で受け付けている。" },
      { clause = "16.1.7",
        en = "Evidence in the customer's area is the customer's to collect; logs of the provider's "
          .. "side are given out case by case on request.",
        ja = "お客様の責任範囲の証拠はお客様が収集し、"
          .. "事業者の責任範囲のログは要望に応じて個別に提供する。" },
      { clause = "18.1.2",
        en = "What the customer sets up with the service, profile data, master images, account and "
          .. "mail information are under the customer's control; the service documents name the desk.",
        ja = "設定内容、プロファイルデータ、マスターイメージ、アカウント情報、"
          .. "メール情報はお客様の管理下にあり、"
          .. "問い合わせ窓口はサービスドキュメントに記載している。" },
      { clause = "18.1.3",
        en = "Records such as activity logs are kept, and cannot be reached across contracts.",
        ja = "アクティビティログなどの記録を保管し、"
          .. "契約を超えて記録にアクセスできない仕組みとしている。" },
      { clause = "18.1.5",
        en = "Traffic to the customer portal is encrypted with TLS. No encryption that is subject to export "
          .. "control is used.",
        ja = "お客様専用ポータルの通信は TLS で暗号化しており、輸出規制の対象となる暗号は使用していない。" },
    },
  },
}
