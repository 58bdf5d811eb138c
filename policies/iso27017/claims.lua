-- claims.lua: what the provider's white papers state of its own side, clause by clause
-- SPDX-License-Identifier: Apache-2.0
--
-- Put in our own words; the papers say more, and only they are the provider's. A set counts for
-- nobody until the customer has read it and accepts it in the snapshot (docs/claims.md). It holds
-- the clauses whose provider side no tenant can measure, and nothing that one can. A changed word
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
      { clause = "8.1.1",
        en = "The customer's information assets are kept clearly apart from the information with which the "
          .. "provider runs the service.",
        ja = "お客様の情報資産と、事業者がサービス運営に用いる情報とを明確に分けて管理している。" },
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
      { clause = "8.1.1",
        en = "The data that customers store is kept clearly apart from the information with which the provider "
          .. "runs the service.",
        ja = "お客様が保存するデータと、事業者がサービス運営に用いる情報とを明確に分けて管理している。" },
      { clause = "CLD.9.5.1",
        en = "The network that customers reach is separate from the management network of the provider's "
          .. "operators. Software keeps the data of customers apart.",
        ja = "お客様が利用するネットワークと事業者の運用管理ネットワークを分離し、お客様間のデータはソフトウェアによって"
          .. "分離している。" },
      { clause = "11.2.7",
        en = "Before equipment is reused or disposed of, a defined process erases the data on it or destroys it.",
        ja = "設備の再利用・廃棄にあたり、定めたプロセスに従ってデータの消去または物理的な破壊を行っている。" },
      { clause = "12.4.3",
        en = "The provider records the work that its operators do to keep up the service, on its own side.",
        ja = "事業者の責任範囲において、サービスの維持管理で行う運用担当者の作業をログに記録している。" },
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
      { clause = "18.1.5",
        en = "Traffic to the customer portal is encrypted with TLS. No encryption that is subject to export "
          .. "control is used.",
        ja = "お客様専用ポータルの通信は TLS で暗号化しており、輸出規制の対象となる暗号は使用していない。" },
    },
  },
}
