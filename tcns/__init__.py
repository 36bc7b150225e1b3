"""Runs a province's community digital-technology teams.

The map, from the subject to the mechanisms:

    home          the first page of each role
    reports       the periodic report and its way up: drafted, sent, returned, accepted, frozen
    digests       the week of a commune, told to its officials
    imports       a spreadsheet on its way in: uploaded, matched, checked, applied, undone
    phone         the notebook on a phone: sessions logged without signal, sent when it is back
    search        teams, persons, areas and decisions found by what somebody typed
    checks        what needs attention: found by rules, listed to be worked through
    results       a team's months beside its commune's average, the days its members served
    silence       teams without a session for long: found, worst first, with a message to send
    documents     official documents that records give: lists, certificates, minutes, drafts
    plans         plans of the province: what is to be reached by when, and how it stands
    duplicates    persons who may be on file twice: found, compared, joined, told apart
    cockpit       an area and what lies in it at a glance
    open_figures  figures without personal data for everybody, where the province switches it on
    coverage      measures and roll-ups: any area, any day or period, any map
    activities    what a team did: sessions, who helped, how many people and households
    closings      months closed for a commune or the province, opened again with a reason
    initiatives   digital models by place: 4.0 markets, smart villages, learning points
    teams         teams, establishing decisions, persons, memberships
    indicators    the catalogue of what is counted
    accounts      people who sign in, the roles they hold, devices signed in
    areas         province, district, commune, village; names, places in the tree, successions
    bulk          the same done to many records of a list at once
    undo          what was done as a whole, to be undone as a whole
    jobs          long work with progress, done by a process of its own
    notices       what happened to somebody's work, until they have read it
    audit         who changed what, when, from what to what
    permissions   vocabulary, scope, guards
    letters       documents in the form of Decree 30/2020, as DOCX and as PDF
    spreadsheets  reading what was uploaded; whole lists as XLSX, as CSV, as a page to print
    charts        what figures look like: drawings, maps, slides
    web           what all pages share
    site          preparing and serving an installation
    health        whether this process lives and can serve, for a balancer
    backup        a copy of everything, and the way back from it
    demo          the demonstration world
    files         what people hand in: pictures drawn anew by a process of their own, documents,
                  lists; kept under random keys behind one interface, a directory or a bucket
    database      the session and writing(), engine settings, column mix-ins; the versions of the
                  data, and what is kept for as long as they stay
    errors        a broken rule, a record that is gone, a stale save
    clock         the present moment, and the day in Vietnam
    i18n          languages; dates, numbers and phones the Vietnamese way

Subject first, then layer: in each of these the files are layers (README.md says what each may do).
A request goes views -> forms -> operations -> models; a page goes views -> queries -> template.

Glossary (one word per idea):

    area                     địa bàn: tỉnh, huyện, xã, thôn as a piece of land with a validity
    province, district       tỉnh; huyện (until 30/06/2025)
    commune                  đơn vị cấp xã: xã, phường, thị trấn
    village                  thôn, bản, tổ dân phố
    succession               kế thừa: which area an area became, wholly or in part
    reorganisation           sắp xếp đơn vị hành chính
    team                     tổ công nghệ số cộng đồng
    establishing decision    quyết định thành lập
    person, membership       người; tư cách thành viên of a person in a team
    leader, deputy, member   tổ trưởng, tổ phó, thành viên
    training                 đào tạo: a course a person took, self-declared or verified
    pair                     cặp: two persons on file who may be one
    activity                 buổi hoạt động a team ran
    attendance               thành viên tham gia hỗ trợ
    participants             lượt người
    household                hộ
    indicator                chỉ tiêu
    plan, target             kế hoạch; chỉ tiêu kế hoạch: what a measure is to reach by a day
    statistic                số liệu thôn: signal, broadband, smartphones, from a day on
    digital model            mô hình chuyển đổi số of an area (initiative)
    measure                  số liệu shown by coverage
    coverage                 độ phủ
    roll-up                  tổng hợp
    agency                   cơ quan: who issues documents for a commune or the province
    letter                   văn bản: an official document, part by part
    reporting period         kỳ báo cáo
    report                   báo cáo định kỳ: of a team, a commune, the province for a period
    closing                  khóa kỳ: a month whose figures stay as they are
    import                   nhập từ tệp
    bulk action              xử lý hàng loạt: the same done to many rows chosen of a list
    to undo, reversible      hoàn tác; what can be undone as a whole
    rule violation           vi phạm quy tắc: why something may not be done, beside its field
    queue                    hàng chờ gửi: sessions that lie on a phone until the server has them
    idempotency key          mã chống gửi trùng: a form sent again under it is done once
    allocation               phân bổ: the area under which a vanished area's figures are shown
    re-formation             kiện toàn: a decision that replaces a team's members
    job                      việc chạy nền
    role, scope              vai trò; phạm vi: where a user may do something
"""
