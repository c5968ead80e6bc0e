# 中文, the default. One message an id; the same ids and arguments as en.ftl (tests/it/words.rs checks).
# No East-Asian-ambiguous characters: terminals disagree about their width.

# 每个屏幕都有的
back = 返回
help = 叫人帮忙
finish = 办完了
language = English
theme-contrast = 黑底黄字
theme-light = 白底黑字
points = { $points }分
points-word = 分
help-called = 已经叫人了，请稍等
help-wanted = 工作人员：有人叫帮忙，请过来
page-back = 上一页
page-on = 下一页
enter = 确定
not-yet = 请先看清楚
rub-out = 删一位

# 待机
idle-welcome = 您好，欢迎来到积分银行
idle-how = 请把卡放在读卡器上
idle-code = 也可以扫二维码。不用着急，慢慢来。
idle-slowly = 不用着急，慢慢来。
idle-announcement = 通知：{ $text }
idle-activity = 今天{ $time } { $text }
idle-honour = 光荣榜：{ $name } { $reason }
idle-typed = 卡号  { $digits }
idle-disk-full = 现在只能查积分，磁盘满了，请叫技术员
idle-read-only = 现在只能查积分，磁盘不能写，请叫技术员
idle-reader-lost = 读卡器没有接好，请叫工作人员
idle-holds = 工作人员：有{ $count }笔等您确认
idle-stick-writing = 正在写U盘，请不要拔
idle-stick-remove = 写好了，可以拔U盘了
idle-stick-failed = U盘没有写好，请叫工作人员看「导出」
idle-date = 工作人员：有日期要核对，请「核对日期」
idle-export-failed = 工作人员：导出没有办好，请看「导出」
idle-export-missed = 工作人员：关机时错过一次导出，请看「导出」
idle-export-unclean = 工作人员：账本检查有错，请看「导出」

# 首页
home-balance = { $name }您好，您现在有
home-covered = { $name }您好
home-called-off = 没有换，分退给您了。您现在有
home-called-off-covered = 没有换，分退给您了。
home-held = 还有{ $points }分，等工作人员确认
home-waiting = 还没办完的
home-passbook = 看记录

# 一样奖品的多少
pieces = { $unit ->
    [none] { $count }份
   *[own] { $count }{ $unit }
 }

# 选东西
rewards-which = { $category }：请选一样
rewards-have = 您有{ $points }分  { $page }/{ $pages }页
rewards-gone = 已换完
rewards-had = 换过了
rewards-short = 差{ $short }分
rewards-closed = 现在不开门
rewards-empty = 这里现在没有可换的
price = { $points }分
price-from = { $points }分起
variants-which = { $item }：请选一种
quantity-which = { $item }：要多少？
quantity-some = { $count }

# 确认
confirm-ask = 要换这个吗？
confirm-ask-doubted = 要换这个吗？机器日期不准，分数按少的算。
confirm-what = { $item }  { $count }
confirm-had = 现在有
confirm-costs = 要用
confirm-left = 还剩
confirm-yes = 要换
confirm-no = 不换了

# 等工作人员
waiting-what = 请工作人员来刷胸牌
waiting-held = { $item }  { $count }  { $points }分
waiting-safe = 分先给您留着，确认以后才扣。
waiting-no = 不换了
waiting-scanned = 卡号是扫码来的，请看一看本人
waiting-typed = 卡号是手输的，请看一看本人

# 换好了
done-any = 办好了
done-what = 换好了：{ $item }  { $count }
done-had = 原来有
done-spent = 用掉了
done-left = 还剩
done-goods = 请在柜台拿东西。
done-service = 请拿小票到「{ $partner }」。
done-receipt = 小票号 { $station }-{ $seq }  { $mark }

# 记录
passbook-title = 您的记录（{ $page }/{ $pages }页）
passbook-empty = 还没有记录
told-refusal = { $code ->
    [role-too-low] 这一项要站长来办
    [own-account] 给自己或家里人办
    [own-card] 拿自己的卡当胸牌
    [op-reused] 同一笔又来了，内容不一样
    [pin-locked] 密码错太多，锁着
    [pin-day-locked] 密码错太多，锁到第二天
   *[other] { $code }
}
told-kind = { $kind }
passbook-redeemed = 换了{ $what }
passbook-waiting = 留着：{ $what }
passbook-reversed = 更正：{ $what }
passbook-returned = 退回：{ $what }
passbook-after = 余{ $points }

# 下次也这样
remember-ask = 下次也这样显示吗？
remember-what = 您刚才{ $what }。
remember-language = 换了语言
remember-theme = 换了颜色
remember-covered = 遮了积分
remember-seen = 不再遮积分
remember-and = { $one }，{ $other }
remember-other = 记在您的卡上，随时可以再改。
remember-yes = 下次也这样
remember-no = 不用了

# 密码
pin-who = { $name }，请输密码
pin-count = 已输入 { $count } 位
pin-shield = 请用手挡住键盘
pin-wrong-key = 输错了？点「删一位」

# 工作人员
desk-who = { $name }，请选
desk-who-checkup = { $name }，请选。机器查出问题，请告诉技术员
desk-tried = 有人输错过密码：{ $who }
desk-tried-one = { $name } { $count }次
desk-tried-freed = { $name } { $count }次（已解开）
desk-holds = 等确认 { $count }笔
desk-operations = 最近的操作
desk-more = 更多
more-which = 要办什么？
desk-operations-doubted = 最近的操作，{ $count }笔日期不准
operations-doubted = 日期不准
operations-corrected = 已更正
desk-off-duty = 下班
desk-exports = 导出
desk-exports-look = 导出，请看
task-card = 请把他的卡放上去
task-find-number = 没带卡：按储户号，或者
task-find-name = 姓名首字母，zxm 按 996
task-born = { $year }年生
task-number = { $count }号
task-badge = 请另一位工作人员刷胸牌
cosign-who = { $role ->
    [manager] 这个还要站长签
    [technician] 这个还要技术员签
    [attendant] 这个还要站务员签
   *[any] 这笔分多，还要一位工作人员签
 }
task-nothing = 这里还没有
task-most = 最多{ $count }
task-doubted = 机器的日期不准，这笔算在{ $day }
task-agree = 这样记，对吗？
task-after = 记完有 { $points } 分
task-yes = 记上
task-no = 不记
task-done = 记好了：{ $what }
close-ask = 要关闭程序吗？
close-what = 办好的都记下了。装成服务的，它会自己重新开始。
close-yes = 关闭
close-no = 不关
desk-exit = 关闭程序
desk-posted = 第{ $seq }号：已交付
desk-voided = 第{ $seq }号：已取消，积分已退回
desk-reversed = 第{ $seq }号：已更正
operations-which = 只看一种
lists-which = 看哪一种？
holds-title = 等确认的（{ $page }/{ $pages }页）
holds-empty = 没有等确认的
holds-post = 东西已经给了
holds-void = 没有交，取消
holds-ask = 第{ $seq }号：东西交了吗？
operations-title = 最近的操作（{ $page }/{ $pages }页）
operations-whose = { $name }的操作（{ $page }/{ $pages }页）
operations-number = 按号码
operations-number-which = 小票上是第几号？
operations-number-how = 输入小票上的号码，按确定
operations-number-or = 也可以返回列表，再放他的卡
operations-empty = 还没有操作
reverse-ask = 要更正第{ $seq }号吗？
reverse-what = 积分和东西都退回原处，原来的一行不动。
reverse-yes = 要更正
reverse-no = 不更正

# 导出
exports-title = 导出：把账送到总行
exports-last = 上次：{ $when } { $why }，第{ $from }到{ $to }号
exports-last-empty = 上次：{ $when } { $why }，没有新的账
exports-last-none = 上次：还没有导出过
exports-next = 下次：{ $when }
exports-next-none = 下次：没有定时
exports-waiting = 等总行收：{ $count }笔。已收到第{ $seq }号
exports-waiting-all = 总行还没有收到过
exports-running = 正在导出 { $share }%
exports-failed = 没有导出：{ $why }
exports-unclean = 账本检查有错，已照样送出，请叫技术员
exports-missed = 关机错过了{ $when }的导出，{ $made-up ->
    [yes] 已经补做
   *[no] 还没有补上
}
exports-now = 现在导出
export-why-schedule = 定时
export-why-missed = 补做
export-why-asked = 手动
export-why-stick = U盘
sink-line = { $name }：{ $state }
sink-waits = 等着送
sink-unknown = 开机后还没有送过
sink-done = 送到了
sink-absent-directory = 找不到文件夹，请叫技术员
sink-absent-stick = 没有插U盘
sink-absent-s3 = 连不上网，下次再送
sink-ambiguous = 有两个同名的U盘，请拔掉一个
sink-full = 满了，请换一个或者清出地方
sink-read-only = 不让写，请看写保护，或叫技术员
sink-gone = 写到一半不见了，请重新插好
sink-different = 读回来不一样，请换一个
sink-refused = 对方不收：{ $why }
sink-slow = 太慢了，下次再送
sink-unsure = 写好了，可能还没有存稳，先别拔，再导一次
sink-in-the-way = { $why }
sink-unread = 本机的包读不出来，请叫技术员：{ $why }
sink-failed = 没写成，请叫技术员：{ $why }
sink-no-s3 = 这个程序没有带 s3 功能
sink-bundle-gone = 不见了
sink-address = 地址 { $address } 不对
sink-keys-unread = { $path }：{ $why }
sink-keys-open = { $path }：别人也能打开；运行 chmod 600
sink-keys-lines = { $path }：要两行，先是 access key，再是 secret
sink-obstacle = { $path } 是{ $what }，不是我们的，也改不了名字，请拿开
sink-aside = { $path } 是{ $what }，不是我们的，已改名为 { $now }。请看是谁放的，再删掉
thing-file = 别的文件
thing-folder = 一个文件夹
thing-link = 一个链接
thing-pipe = 一个管道
thing-socket = 一个套接字
thing-device = 一个设备文件

# 操作的种类
kind-boot = 开机
kind-clock-fault = 时钟不对
kind-refusal = 拒绝
kind-staff-set = 人员设置
kind-sign-in = 登录
kind-sign-in-refused = 登录未成
kind-bundle-written = 导出
kind-bundle-acknowledged = 总行已收
kind-restored = 从备份恢复
kind-consent = 同意出分
kind-annulled = 作废

# 还在吗
asking-what = 您还在吗？
asking-safe = 积分不会少。
asking-count = 过 { $seconds } 秒回到首页
asking-yes = 我还在，再等等

# 不行的时候：什么事、没有损失、怎么办
notice-ok = 知道了
notice-safe = 积分没有变。
notice-unchanged = 什么都没有改。
refusal-card-unreadable = 没读到卡。
refusal-card-unreadable-next = 请把卡放平，停一会儿再拿开。
refusal-card-shared = 这张卡没有自己的号码，不能用。
refusal-card-shared-next = 请用村里发的卡。
refusal-card-too-long = 这张卡这里不能用。
refusal-card-too-long-next = 请用村里发的卡或二维码。
refusal-code-not-text = 这个码不是村里的。
refusal-code-not-text-next = 请用村里发的卡或二维码。
refusal-code-other-town = 这是别的镇的码，这里用不了。
refusal-code-other-town-next = 请到那个镇的服务站去用。
refusal-code-check = 二维码没扫清楚。
refusal-code-check-next = 请拿平，再扫一次。
refusal-card-unknown = 这张卡还没有登记。
refusal-card-unknown-next = 请换登记过的卡，或者找工作人员。
refusal-reader-paused = 没登记的卡太多，这里先歇一分钟。
refusal-reader-paused-next = 请用别的读卡器，或者叫工作人员。
refusal-card-differs = 这不是刚才那张卡。
refusal-card-differs-next = 请把刚才那张卡再放一次。
refusal-nobody-found = 没找到这个人。
refusal-nobody-found-next = 请看看号码，或者少按一个字母。
refusal-card-blocked = 这张卡已经停用。
refusal-card-blocked-next = 积分还在。请找工作人员补一张新卡。
refusal-card-staff = 这是工作人员的胸牌。
refusal-card-staff-next = 请用您自己的卡。
refusal-session-open = 前面一位还没有办完。
refusal-session-open-next = 请先点「办完了」，再放卡。
refusal-item-gone = 这个现在不能换了。
refusal-item-gone-next = 请选别的。
refusal-quantity = 一次最多{ $max }。
refusal-quantity-next = 请少选一点。
refusal-closed = 「{ $partner }」现在没有开门。
refusal-closed-next = { $when ->
    [unknown] 请问工作人员什么时候开。
   *[other] { $when }开门，请那时候来。
}
refusal-limit-reached = 每人{ $period }最多换{ $count }，您已经换了{ $used }。
refusal-limit-reached-next = { $day }起可以再换。
refusal-out-of-stock = { $any ->
    [none] 这个已经换完了。
   *[other] 这个只剩{ $left }了。
}
refusal-out-of-stock-next = 请选别的，或者过几天再来。
refusal-not-enough = 积分不够：您有{ $have }分，要{ $need }分。
refusal-not-enough-next = 再攒{ $short }分就可以换了。
refusal-price-changed = 要的分数变了：刚才{ $shown }分，现在{ $now }分。
refusal-price-changed-next = 请看清现在要多少分，再决定换不换。
refusal-op-reused = 刚才没有办成。
refusal-op-reused-next = 请退出，重新来一次。
refusal-hold-settled = 这一笔已经办完了。
refusal-hold-settled-next = 请看最近的操作。
refusal-not-staff = 这不是工作人员的胸牌。
refusal-not-staff-next = 请工作人员来刷胸牌。
refusal-own-card = 这是您自己的卡。
refusal-own-card-next = 要工作人员刷胸牌才能换。
refusal-account-unknown = 没有这个人的账户。
refusal-account-unknown-next = 请看看卡号，再来一次。
refusal-already-there = 这一笔已经记过了：第{ $seq }号。
refusal-already-there-next = 不用再记。
refusal-no-such-operation = 账上没有这一笔。
refusal-no-such-operation-next = 请看看号码，再来一次。
refusal-not-holder = 这要本人来办。
refusal-not-holder-next = 请本人放自己的卡。
refusal-second-person = 这要两位工作人员一起办。
refusal-second-person-next = 请另一位工作人员来签。
refusal-own-account = 不能给自己确认。
refusal-own-account-next = 请另一位工作人员来确认。
refusal-pin-missing = 密码是六到八位数字。
refusal-pin-missing-next = 请重新输入。
refusal-pin-wrong = 密码不对，还可以试{ $left }次。
refusal-pin-wrong-next = 请慢慢再输一次。
refusal-pin-locked = 密码错太多次，先锁{ $minutes }分钟。
refusal-pin-locked-next = 请另一位工作人员来，或者等一等。
refusal-pin-day-locked = 今天输错太多次，先锁上了。
refusal-pin-day-locked-next = 请站长或技术员登录一次，或者等明天。
refusal-not-reversible = 这一笔不能更正。
refusal-not-reversible-next = 只能更正兑换、积分和库存。
refusal-already-reversed = 这一笔已经更正过了。
refusal-already-reversed-next = 请看最近的操作。
refusal-already-spent = 这些积分已经用掉了，退不回来。
refusal-already-spent-next = 请报给总行处理。
refusal-role-too-low = { $role ->
    [manager] 这个要站长来办。
    [technician] 这个要技术员来办。
    [hq] 这个要总行来办。
   *[attendant] 这个要站务员来办。
 }
refusal-role-too-low-next = { $role ->
    [manager] 请站长刷自己的胸牌。
    [technician] 请叫技术员。
    [hq] 请和总行联系。
   *[attendant] 请站务员刷自己的胸牌。
 }
refusal-disk-low = 机器快存满了，这一次没有办。
refusal-disk-low-next = 请叫技术员。查积分、看记录都可以。
refusal-disk-read-only = 机器现在不能记账，这一次没有办。
refusal-disk-read-only-next = 请叫技术员。查积分、看记录都可以。
refusal-busy = 机器正忙，这一次没有办。
refusal-busy-next = 请等一下，再试一次。

period-day = 每天
period-week = 每周
period-month = 每月
period-year = 每年

# 停机
out-title = 机器要歇一会儿
out-safe = 办好的都记下了，积分一分不少。
out-next = 请找工作人员，或者过一会儿再来。
out-disk-full = 给技术员：磁盘满了
out-read-only = 给技术员：磁盘只能读，不能写
out-corrupt = 给技术员：账本文件损坏，请运行 wenming audit
out-locked = 给技术员：账本被别的程序占用
out-other = 给技术员：看程序的出错信息
starting = 正在准备，请稍等
too-small = 屏幕太小：要{ $columns }x{ $rows }，现在{ $has-columns }x{ $has-rows }

# 小票
receipt-title = 兑换小票
receipt-reprint = 重印 第{ $copy }次
receipt-number = 小票号 { $number }  { $mark }
receipt-when = 时间 { $when }
receipt-who = 储户 { $name }
receipt-what = { $item } { $count }
receipt-had = 原来有
receipt-spent = 用掉了
receipt-left = 还剩下
receipt-goods = 请在柜台拿东西
receipt-service = 请拿小票到：{ $partner }
receipt-keep = 有疑问请带小票来

# 时间
clock = { $part ->
    [night] 凌晨
    [am] 上午
    [noon] 中午
    [evening] 晚上
   *[pm] 下午
} { $hour }:{ $minute }
date = { $month }月{ $day }日 { $weekday }
day = { $month }月{ $day }日
moment = { $month }月{ $day }日 { $time }
lunar = 农历{ $leap ->
    [yes] 闰
   *[no] {""}
}{ $month }{ $day }
lunar-months = 正月,二月,三月,四月,五月,六月,七月,八月,九月,十月,冬月,腊月
lunar-days = 初一,初二,初三,初四,初五,初六,初七,初八,初九,初十,十一,十二,十三,十四,十五,十六,十七,十八,十九,二十,廿一,廿二,廿三,廿四,廿五,廿六,廿七,廿八,廿九,三十
solar-terms = 小寒,大寒,立春,雨水,惊蛰,春分,清明,谷雨,立夏,小满,芒种,夏至,小暑,大暑,立秋,处暑,白露,秋分,寒露,霜降,立冬,小雪,大雪,冬至
term-today = 今天{ $term }
term-tomorrow = 明天{ $term }
term-soon = { $days }天后{ $term }
weekday-1 = 星期一
weekday-2 = 星期二
weekday-3 = 星期三
weekday-4 = 星期四
weekday-5 = 星期五
weekday-6 = 星期六
weekday-7 = 星期日
when-today = 今天{ $time }
when-tomorrow = 明天{ $time }
when-weekday = { $weekday }{ $time }

# 试用
demo-idle = 试用：输 { $card } 按回车。工作人员 { $badge }
demo-code = 试用：没有扫码器，粘贴 { $code }
demo-second = 试用：输胸牌 { $other } 按回车
demo-home = 试用：按 1 到 6，或者用鼠标点
demo-choose = 试用：按数字选一样，0 返回
demo-confirm = 试用：按 1 换，按 2 不换
demo-waiting = 试用：输胸牌 { $badge } 按回车，密码 { $pin }
demo-pin = 试用：密码 { $pin } 按回车
demo-done = 试用：小票在 { $receipts }
demo-exports = 试用：每两分钟导出到 { $exports }
demo-desk = 试用：2 记分，再输 { $card } 回车
demo-other = 试用：按任意键。Ctrl-C 结束

# 表格和日结
table-operations = 操作
table-balances = 余额
table-redemptions = 兑换
table-partners = 商户结算
table-stock = 库存
table-total = 合计
column-seq = 序号
column-time = 时间
column-kind = 种类
column-account = 储户号
column-name = 姓名
column-what = 内容
column-points = 积分
column-held = 预留
column-budget = 额度
column-staff = 经手人
column-staff-name = 经手人姓名
column-partner = 商户
column-of = 对应序号
column-before = 期初
column-earned = 记入
column-spent = 用出
column-free = 可用
column-code = 代码
column-reward = 奖品
column-option = 规格
column-count = 次数
column-corrected = 更正次数
column-pieces = 件数
column-in = 进
column-out = 出
column-left = 剩余
summary-title = 日结 { $day }
summary-points = 积分（全体储户）
summary-operations = 操作（笔）
summary-rewards = 换出（件，已减更正）
summary-stock = 快没有了（件）
summary-none = 无
summary-holds = 等确认（笔）
summary-range = 当日序号
summary-head = 账本最新序号
export-names-manager = 完整姓名只有站长登录才能导出；什么都没有写。

# 打印机
printer-slip-comes = 小票正在打印，请等一下拿好。
printer-slip-later = 小票没打出来，但这一笔已经记好了。请找工作人员补打。
printer-slips = 工作人员：有{ $count }张小票没打出来，请看「操作」
printer-trouble = 工作人员：打印机{ $why }
printer-trouble-unreachable = 没有接好
printer-trouble-stuck = 没有反应
printer-trouble-paper-out = 没有纸了
printer-trouble-cover-open = 盖子没有关好
printer-trouble-offline = 没有就绪
printer-trouble-broken = 坏了，请叫技术员
printer-unprinted-waiting = 等打印
printer-unprinted-failed = 没打出来
printer-unprinted-perhaps = 可能没打全
desk-operations-look = 操作，{ $count }张小票没打
desk-reprinted = 第{ $seq }号：重印小票，正在打印
reverse-which = 第{ $seq }号：要做什么？
reverse-reprint = 重印小票

# 打印机的测试页
sheet-title = 打印测试
sheet-profile = { $profile }：每行{ $columns }格，{ $dots }点
sheet-ruler = 下面两行要一样宽，刚好一行：
sheet-edge = 右边不能缺字，也不能折到下一行。
sheet-four = 少见的字（可能印成〓）：{ $characters }
sheet-yen = 钱的符号：￥1
sheet-tall = 高字：还剩下140分
sheet-big = 大字：140分
sheet-bold = 粗字，在中间
sheet-left = 左边
sheet-right = 右边
sheet-qr-native = 二维码（打印机自己画）：
sheet-qr-raster = 二维码（当图片画）：
sheet-cut = 下面应该切纸，或者可以撕下。

# 检查：名字、一句话、一个办法（-do）
check-config = 配置
check-staff = 胸牌密码
check-card = 读卡器
check-scanner = 扫码器
check-printer = 打印机
check-terminal = 终端
check-clock = 时钟
check-disk = 磁盘
check-rights = 权限
check-ledger = 账本
check-export = 导出
check-programs = 别的程序
health-well = 正常
health-note = 留意
health-wrong = 不对
doctor-well = 正常
doctor-config-absent = 找不到配置文件夹
doctor-config-absent-do = 用 --config 写对文件夹，一般是 /etc/wenming
doctor-config-faults = 配置有错
doctor-config-faults-do = 运行 wenming check --config { $path }，照它说的行和列改
doctor-example-pins = 还在用例子里的密码，人人都知道
doctor-example-pins-do = 运行 wenming pin，把印出的一行换进 { $path }
doctor-example-badges = 还在用例子里的胸牌号，人人都知道
doctor-example-badges-do = 把 { $path } 里的 badge 换成自己的卡号
doctor-none-configured = 配置里没有写
doctor-none-configured-do = 不用就不管；要用就写进 station.toml
doctor-port-missing = 端口不在，没有插好或者线断了
doctor-port-missing-do = 插好等五秒；还不行就运行 ls -l /dev/serial/by-id，把 port 改成那里的
doctor-port-dangling = 端口的链接断了，设备不在了
doctor-port-dangling-do = 拔下重插；还不行就运行 ls -l { $path }，改 port
doctor-port-denied = 没有权限打开端口
doctor-port-denied-do = 运行 sudo usermod -aG { $group } { $user }，然后重新登录
doctor-port-busy = 端口被别的程序占着
doctor-port-busy-do = 运行 sudo fuser -v { $path }，关掉那个程序
doctor-port-not-serial = 写的不是串口
doctor-port-not-serial-do = 运行 ls -l /dev/serial/by-id，把 port 改成那里的一个
doctor-port-failed = 端口打不开
doctor-port-failed-do = 拔下重插，换一个插口，换一根线
doctor-simulated = 模拟的设备，不是真的
doctor-simulated-do = 试用可以；正式使用请在 station.toml 里把 port 改成真的端口
doctor-port-in-use = 正常，本站的程序在用
doctor-no-terminal = 不是在终端里运行，屏幕没有查
doctor-no-terminal-do = 在本站的屏幕上运行 wenming doctor
doctor-remote-terminal = 这是远程的终端，本站的屏幕没有查
doctor-remote-terminal-do = 到本站的屏幕前运行 wenming doctor
doctor-terminal-small = 终端太小，至少要 64x16
doctor-terminal-small-do = 在 foot.ini 里把 pixelsize 改小
doctor-terminal-colours = 终端没有 256 色
doctor-terminal-colours-do = 换成 foot；或者先运行 export TERM=xterm-256color
doctor-terminal-not-utf8 = 终端不是 UTF-8，汉字会乱
doctor-terminal-not-utf8-do = 在 wenming.service 里写 Environment=LANG=C.UTF-8
doctor-terminal-console = 这是控制台，没有汉字，没有触摸
doctor-terminal-console-do = 用 cage 和 foot 启动，照 deploy 里的 wenming.service
doctor-terminal-keys = 终端自己的按键没有全关，能离开程序
doctor-terminal-keys-do = 把程序带的 foot.ini 里 [key-bindings] 起的行抄进 { $path }，再重新开机
doctor-touch-unknown = 这种终端的触摸没有试过
doctor-touch-unknown-do = 点一个按钮试试；不行就换成 foot 1.21
doctor-clock-early = 时钟不对，太早了
doctor-clock-early-do = 运行 sudo timedatectl set-time '2026-11-21 09:00'，写现在的时间
doctor-clock-late = 时钟不对，太晚了
doctor-clock-late-do = 运行 sudo timedatectl set-time '2026-11-21 09:00'，写现在的时间
doctor-clock-behind = 时钟不对，比账本最后一笔还早
doctor-clock-behind-do = 运行 sudo timedatectl set-time '2026-11-21 09:00'，写现在的时间
doctor-clock-ahead = 时钟比账本最后一笔晚了一个月以上
doctor-clock-ahead-do = 时间错了，运行 sudo timedatectl set-time 改正；没错，请工作人员在菜单里「核对日期」
doctor-clock-unset = 时钟没有联网对过；不联网是常事
doctor-clock-unset-do = 看屏幕上的时间；差了就运行 sudo timedatectl set-time
doctor-clock-battery = 没有带电池的时钟，停电后时间会错
doctor-clock-battery-do = 停过电先看时间；最好装一个时钟模块
doctor-disk-low = 磁盘快满了，新的都不能办了
doctor-disk-low-do = 运行 sudo journalctl --vacuum-size=50M，再看 df -h { $path }
doctor-disk-full = 磁盘满了，只能查积分、收尾
doctor-disk-full-do = 运行 sudo journalctl --vacuum-size=50M，再看 df -h { $path }
doctor-disk-nearly-low = 磁盘剩的不多了
doctor-disk-nearly-low-do = 运行 sudo journalctl --vacuum-size=50M，再看 df -h { $path }
doctor-disk-read-only = 磁盘只能读，不能写
doctor-disk-read-only-do = 运行 sudo reboot；再这样就换磁盘
doctor-disk-in-memory = 账本在内存里，停电就没了
doctor-disk-in-memory-do = 用 --data 写磁盘上的文件夹，一般是 /var/lib/wenming
doctor-disk-worn-out = 磁盘的寿命到头了
doctor-disk-worn-out-do = 马上用 wenming backup 存到U盘，换磁盘
doctor-disk-worn = 磁盘的寿命快到头了
doctor-disk-worn-do = 先用 wenming backup 存到U盘，准备换磁盘
doctor-disk-card = 账本在 SD 卡上，写多了会坏
doctor-disk-card-do = 每周用 wenming backup 存一份；最好换成固态盘
doctor-disk-removable = 账本在可以拔掉的盘上
doctor-disk-removable-do = 不要拔；最好换成机器里面的盘
doctor-disk-errors = 磁盘出过错
doctor-disk-errors-do = 先用 wenming backup 存到U盘，再运行 sudo reboot；还有就换磁盘
doctor-as-root = 是用 root 运行的
doctor-as-root-do = 运行 sudo -u { $user } wenming doctor
doctor-data-other = 数据文件夹是别的用户的
doctor-data-other-do = 运行 sudo -u { $user } wenming doctor --data { $path }
doctor-data-open = 别的用户能动数据文件夹
doctor-data-open-do = 运行 sudo chmod -R go-rwx { $path }
doctor-data-read-only = 数据文件夹不能写
doctor-data-read-only-do = 运行 sudo chown -R { $user }: { $path }，再运行 sudo chmod -R u+rwX { $path }
doctor-config-open = 别的用户能改配置
doctor-config-open-do = 运行 sudo chmod -R o-w { $path }
doctor-no-dialout = 用户不在 { $group } 组，读卡器会打不开
doctor-no-dialout-do = 运行 sudo usermod -aG { $group } { $user }，然后重新登录
doctor-login-shell = 服务的用户有登录的 shell，离开程序就能敲命令
doctor-login-shell-do = 运行 sudo usermod -s /usr/sbin/nologin { $user }，再重新开机
doctor-ledger-none = 还没有账本，第一次启动时会建
doctor-ledger-none-do = 新站不用管；老站用 --data 写对文件夹
doctor-ledger-damaged = 账本文件坏了
doctor-ledger-damaged-do = 停止兑换，保留 { $path }，报告总行
doctor-ledger-faults = 账本查出错误
doctor-ledger-faults-do = 停止兑换，保留 { $path }，报告总行
doctor-ledger-key = 找卡的钥匙不见了
doctor-ledger-key-do = 把另外保管的 card.key 放回 { $path }
doctor-ledger-newer = 账本是新版程序写的
doctor-ledger-newer-do = 装回新版的程序
doctor-ledger-failed = 账本打不开
doctor-ledger-failed-do = 运行 wenming audit --data { $path }，把它说的报给总行
doctor-export-none = 没有写定时导出
doctor-export-none-do = 在 station.toml 的 [export] 里写 schedule
doctor-export-key = 没有签名的钥匙，不能导出
doctor-export-key-do = 运行 wenming keys --data { $path }，公钥交给镇里
doctor-export-never = 到了时间，还没有导出过
doctor-export-never-do = 点「导出」，再点「现在导出」，看它说什么
doctor-export-old = 上次导出太久了
doctor-export-old-do = 点「导出」，再点「现在导出」，看它说什么
doctor-brltty = 装着 brltty，会抢走读卡器
doctor-brltty-do = 运行 sudo apt remove brltty
doctor-modem-manager = 装着 ModemManager，会碰读卡器
doctor-modem-manager-do = 运行 sudo apt remove modemmanager
doctor-printer-missing = 打印机的端口不在，没开电源或者线断了
doctor-printer-missing-do = 开电源，插好线等五秒；还不行就运行 wenming device list，改 [printer] 的 port
doctor-printer-denied = 没有权限用打印机
doctor-printer-denied-do = 运行 sudo usermod -aG { $group } { $user }，然后重新登录
doctor-printer-busy = 打印机被别的程序占着
doctor-printer-busy-do = 运行 sudo fuser -v { $path }，关掉那个程序，常见的是 CUPS
doctor-printer-unreachable = 连不上打印机
doctor-printer-unreachable-do = 开电源，看线和网络；还不行就改 [printer] 的 port
doctor-printer-failed = 写的不是打印机，或者写不进去
doctor-printer-failed-do = 运行 ls -l { $path }，再改 [printer] 的 port
doctor-printer-stuck = 打印机没有反应
doctor-printer-stuck-do = 关电源，等十秒再开；还不行就换线
doctor-printer-paper-out = 打印机没有纸了
doctor-printer-paper-out-do = 装一卷纸，关好盖子
doctor-printer-cover-open = 打印机的盖子没有关好
doctor-printer-cover-open-do = 按紧盖子，两边都要响一声
doctor-printer-offline = 打印机没有就绪
doctor-printer-offline-do = 按一下打印机上的进纸键；还不行就关电源再开
doctor-printer-broken = 打印机坏了，或者太热
doctor-printer-broken-do = 关电源，清掉卡住的纸，凉一会儿再开
doctor-slips-failed = 有小票没打出来
doctor-slips-failed-do = 刷胸牌，点「操作」，选那一笔，点「重印小票」
doctor-slips-perhaps = 有小票可能没打全
doctor-slips-perhaps-do = 看一看纸；没打全就刷胸牌，点「操作」，选那一笔，点「重印小票」
doctor-not-looked = 没有查，先把别的改好
doctor-not-looked-do = 别的改好以后再查一次
doctor-silent = 等了很久没有回答
doctor-silent-do = 拔下重插，重新开机，再查一次

# 检查的屏幕和命令
doctor-title = 检查 { $when }
doctor-remedy = 办法
doctor-sum = 不对 { $wrong } 处，留意 { $notes } 处
doctor-code = 电话里念
doctor-font = 字样
doctor-font-ask = 上下两行的右端要对齐，汉字要看得清
doctor-touch = 触摸
doctor-touch-known = 这种终端会报触摸；在程序里点一下就知道
doctor-explained = 这个码说的是
doctor-explained-well = 一切正常
checkup-none = 还没有检查过
checkup-running = 正在检查，请稍等
checkup-well = 一切正常
checkup-again = 再查一次
checkup-line = { $check }：{ $sentence }
checkup-do = 办法：{ $remedy }
desk-checkup = 检查
desk-checkup-look = 检查，请看
dot-card = 卡
dot-scanner = 扫码
dot-printer = 打印
dot-ready = { $device } 好
dot-lost = ! { $device } 断了

# 新站：wenming init 问的话
init-welcome = 一样一样问，答错了会再问。按回车就用方括号里的；写着可以不要的，打 -（减号）。Ctrl-C 停下，什么也不写。
init-wrong = 不行：{ $right }
init-stopped = 停下了，什么也没有写
init-no-terminal = 这里没有人可以问：请在终端里运行，或者用 --answers 文件
init-dir-taken = { $dir }：这里已经有东西。请写一个新的、或者空的文件夹；什么也没有动
init-dir-above = { $dir }：这里不能建文件夹。上一级要有，而且能写：先用 mkdir 建好，或者用 root 运行
init-dir-part = { $part } 是上次没有做完留下的。看过以后删掉，再运行一次
init-town = 镇的代码？由镇里定，例如 YUNDAO。
init-station = 本站的代码？全镇不能重复。
init-code-right = 写 1 到 12 个 A-Z（大写）、0-9 或 -，不能用 - 开头，也不能像数字、日期
init-village = 村名？
init-village-en = 村名的英文？没有就用中文。
init-name = 站名？
init-name-en = 站名的英文？
init-name-right = 写一个名字，最多 10 个汉字或 20 个字母
init-phone = 机器坏了打给谁？写电话，可以不要。
init-phone-right = 写电话，只用数字、+、- 和空格
init-hours = 本站几点可以领东西？例如 mon-fri 08:00-11:30; sat 09:00-11:00。可以不要，不写就全天。
init-hours-right = 写「星期 起-止」，几条之间用 ; 隔开。星期是 mon tue wed thu fri sat sun
init-partners = 除了本站，先有哪几家提供服务？可以选几样，例如 1 3；可以不要，以后再加。elders 养老，hair 理发，clinic 卫生室，children 儿童，home-help 家政
init-partners-right = 打列出来的数字或词，中间空一格；没有就打 -
init-partner-elders = 养老驿站
init-partner-hair = 理发店
init-partner-clinic = 卫生室
init-partner-children = 儿童之家
init-partner-home-help = 家政社
init-reader = 读卡器插在哪里？打数字选，或者写端口；还没有就打 -。
init-reader-right = 打列出来的数字，或者写 /dev/serial/by-id/ 开头的端口；没有就打 -
init-reader-format = 读卡器是哪一种？em4100 读 125 kHz 卡，lines 一行一个号码，pn532 读 13.56 MHz 卡，gm65 扫码头
init-reader-format-right = 打列出来的数字或词，要和端口相配
init-printer = 小票打印机在哪里？打数字选，或者写端口（/dev/usb/lp0、tcp:地址:端口）；没有就打 -。
init-printer-right = 打列出来的数字，或者写 /dev/usb/lp0、/dev/serial/by-id/...、tcp:192.168.1.50:9100 这样的端口；没有就打 -
init-printer-profile = 打印纸是哪一种？
init-printer-profile-right = 打列出来的数字，或者写 58mm、80mm、42col
init-stick = 送账给镇里的 U 盘，卷标是什么？不用 U 盘就打 -。
init-stick-right = 写 1 到 16 个字母、数字、- 或 _，和 U 盘上的一样；不用就打 -
init-manager = 站长姓名？
init-technician = 技术员姓名？
init-person-right = 写姓名，最多 10 个汉字
init-badge = 胸牌：把卡放到读卡器上，或者打卡上的号码。
init-badge-right = 写 4 到 32 位字母或数字，照读卡器读出来的
init-badge-read = 读到了
init-badge-shared = 这个号码很多卡都一样，或者卡里没有号码。请换一张卡
init-badge-taken = 这张卡已经给了另一个人。请换一张卡
init-badge-published = 这是公开的例子里的卡号，人人看得到。请换一张卡
init-reader-up = （读卡器接好了，请放卡）
init-reader-down = （读卡器没有接好：{ $why }。可以打号码）
init-pin = 密码：6 到 8 位数字，不会显示。
init-pin-again = 再输一遍：
init-pin-differs = 两遍不一样，请再输
init-pin-right = 密码是 6 到 8 位数字，没有别的
init-answers-wrong = 答案文件里有不对的，什么也没有写
init-answers-text = 要写成引号里的文字，或者几个文字的列表
init-answers-clear-pin = 密码不能明着写在文件里。运行 wenming pin，把打印出来的 $argon2id$... 写在这里；原来那个密码不要再用
init-answers-hash = 要写密码的哈希：运行 wenming pin，把打印出来的 $argon2id$... 写在这里
init-answers-unasked = 没有问这个，请去掉
init-keys = 钥匙做好了。请把 { $public } 交给镇里，在电话里念给他们听：{ $words }
init-keys-not = 配置写好了，钥匙还没有：{ $why }。改好以后运行 wenming keys --data { $data }
init-next = 接下来，一样一样做：
init-next-program = 把程序装到大家用的地方
init-next-keys = 做钥匙，把公钥交给镇里（读卡的钥匙第一次开机时自己做）
init-next-staff = 站务员还没有：照 staff.toml 里的样子加上，密码用这个做
init-next-roster = 导入村里的名册
init-next-kiosk = 在这里先看一看；站长刷胸牌，「更多」「拨分文件」记上镇里给的分，就可以发卡、记分
init-next-move = 放到服务用的地方
init-next-service = 装屏幕和服务，打开，以后开机就在（Debian 13，用 root）
init-next-doctor = 查一查哪里还不对

# 设备：读卡器送来的东西
looks = 像是：{ $what }
looks-em4100 = EM4100
looks-lines = 文本行
looks-gm65 = GM65
looks-pn532 = PN532
looks-id-card = 身份证读卡器
looks-protocol = 带长度的文本
looks-noise = 不认识的字节
listen-on = 在听 { $port }，{ $baud }
listen-tap = 请放一张卡。按 Ctrl-C 结束。
listen-from = 来自 { $port }
listen-first = 第一次
listen-after = 隔{ $seconds }秒
listen-card = 卡号：{ $number }
listen-lost = { $port }：断了
listen-none = 什么也没有收到。看线有没有插好，读卡器灯亮不亮，--baud 对不对。
listen-no-port = 没有可以听的端口。插好读卡器再试，或者用 --port 写一个。
listen-cannot = { $port }：{ $sentence }。{ $remedy }
frame-advice = { $sentence }：{ $remedy }
frame-checksum = 校验不对
frame-checksum-todo = 再放一次；还不对就看线和速度
frame-too-short = 只来了一半
frame-too-short-todo = 再放一次；还不对就看线和速度
frame-too-long = 比卡号长得多
frame-too-long-todo = 看 format 对不对
frame-bad-byte = 有不该有的字节
frame-bad-byte-todo = 看 format 和 baud 对不对
frame-no-end-of-line = 没有结束符
frame-no-end-of-line-todo = 把扫码器的回车打开，或者写 end = "gap"
frame-not-text = 不是文字
frame-not-text-todo = 看 format 和 baud 对不对
frame-no-card = 是文字，但不是卡号，也不是我们的码
frame-no-card-todo = 换一张村里发的卡试
frame-foreign-text = 是别人的文字
frame-foreign-text-todo = 换一张村里发的卡试
frame-no-prefix-or-suffix = 没有配置里写的 prefix 或 suffix
frame-no-prefix-or-suffix-todo = 照收到的文字改 prefix 和 suffix
frame-other-number-form = 卡号的写法和配置不一样
frame-other-number-form-todo = 读卡器换过？用「试卡」找出写法
frame-24-bit = 只有24位，65536张卡共用一个号
frame-24-bit-todo = 把读卡器设成 8H10D 或 10H
frame-other-town = 别的镇的码
frame-other-town-todo = 换一个本镇的码试
frame-code-check = 码的校验不对
frame-code-check-todo = 放平再扫一次
frame-random-id = 每次号码都不同，是手机或特殊卡
frame-random-id-todo = 换一张卡，这种不能用
frame-blank-id = 号码全是零或全是 F，卡里没有号码
frame-blank-id-todo = 再放一次；还这样就换一张卡
frame-factory-id = 是空白卡出厂的号码，很多卡都一样
frame-factory-id-todo = 换一张卡，这种不能用
frame-cut-id = 号码只有前一半，很多卡都一样
frame-cut-id-todo = 把读卡器设成送完整的 UID；不行就换读卡器
frame-no-uid = 读卡器没有读到卡号
frame-no-uid-todo = 放久一点；还不行就是它读不了这种卡
frame-id-length = 卡号的长度不可能
frame-id-length-todo = 再放一次；换一张卡试
frame-protocol-mode = 扫码器用了带长度的协议
frame-protocol-mode-todo = 在扫码器上关掉 protocol output
frame-id-card-reader = 是身份证读卡器，有意不支持
frame-id-card-reader-todo = 拔掉它，换普通读卡器

# 设备：技术员看读卡器和打印机
desk-devices = 设备
devices-reader = { $place } { $name }：{ $state }，{ $how }
devices-up = 接好了
devices-down = 断了
devices-tap = 请放一张卡，收到什么这里都看得到。
devices-lost = 这个读卡器没有接好
devices-lost-do = 办法：插好线等五秒；还不行就看「检查」
devices-none = 配置里没有读卡器
devices-none-do = 写进 station.toml 的 [[reader]]，见 wenming device list
devices-try = 试卡
devices-before = 上一个
devices-after = 下一个
detective-first = 试卡：请把一张卡放到一个读卡器上
detective-first-how = 最好先放能读全号码的那个。用印着号码的卡。
detective-which = 卡上印的是哪一个？（{ $page }/{ $pages }页）
detective-second = 不是「{ $name }」：放到另一个读卡器上
detective-printed = 印在卡上的：{ $number }（{ $form }）
detective-ask = 「{ $name }」应该这样读。写进配置吗？
detective-again = 写好了。请在「{ $name }」上再放一次
detective-good = 对了
detective-bad = 没有成
detective-same = 两个读卡器读出同一张卡，不用改。
detective-alone = 读出的就是印在卡上的号码，不用改。只有一个读卡器。
detective-matches = 改好以后，读出的就是这张卡。
detective-differs = 改了以后，读出的还不是这张卡
detective-differs-do = 换一张卡再试；还不行就用 .bak 文件换回原来的配置
detective-another = 再试一张
detective-no-number = 这上面没有卡号，请换一张卡
detective-short = 这个号码只有24位，65536张卡共用，不能用。请选另一个
detective-same-reader = 还是刚才那个读卡器，请放到另一个上
detective-other-reader = 这是另一个读卡器
miss-short = 这个读卡器只送24位，65536张卡共用一个号
miss-short-remedy = 把读卡器设成 8H10D 或 10H，再试
miss-fewer = 这个读卡器只送32位，登记的是40位的号码
miss-fewer-remedy = 选 8H10D 的号码再试，或者把读卡器设成 10H
miss-ambiguous = 用这张卡分不出是哪种写法
miss-ambiguous-remedy = 换一张号码长的、不同的卡再试
miss-other = 读出的不是这张卡，或者写法不认识
miss-other-remedy = 用同一张卡再试；看 format 和 baud 对不对
setting-write = 写进配置
setting-leave = 不写
setting-not-kept = 没有写进配置，原来的文件没有动
setting-built-in = 试用的配置是自带的，不写文件
setting-read-only = 这个文件本程序不能写
setting-failed = { $why }
setting-by-hand = 要用就自己写进这个文件，再 reload：
setup-none = 配置里没有打印机
setup-none-do = 在 station.toml 里加上（端口照 wenming device list）：
setup-none-then = 先 wenming check，再 systemctl reload wenming
setup-print = 先打一张测试页
setup-print-how = 打出来以后照着看，一样一样回答。
setup-print-yes = 打测试页
setup-ruler = 两行尺子是不是刚好一行？
setup-ruler-how = 尺子是一行数字和一行「月」字，右边要到头。
setup-ruler-yes = 刚好
setup-ruler-wraps = 折行了
setup-ruler-early = 没到头
setup-no-profile = 没有这样的纸。请看 profile 和打印机的说明书
setup-code = 二维码打出来了吗？
setup-code-how = 要是一个方块，手机能扫。是字母就不对。
setup-code-yes = 有
setup-code-no = 没有
setup-characters = 「少见的字」那一行对吗？
setup-characters-how = 应该是两个汉字，不是〓，也不是乱字。
setup-characters-yes = 对
setup-characters-no = 不对
setup-cut = 纸切了吗？
setup-cut-how = 没有切刀的打印机选「没有切」。
setup-cut-yes = 切了
setup-cut-no = 没有切
setup-ask = 写进配置吗？
setup-written = 写好了，打印机照这样用

# 说出来的：一个提示一句，数字念成话。不念姓名、卡号、密码；积分只在本人要听时念
hear-again = 再听一遍
hear-read = 读给我听
cover = 遮住积分
cover-show = 点这里看
cover-never = 不再遮住
cover-not-enough = 积分不够换这个。
cover-not-enough-next = 再攒一些就可以换了。
say-idle = 您好，欢迎来到积分银行。请把卡放在读卡器上。不用着急，慢慢来。
say-idle-lost = 您好，欢迎来到积分银行。读卡器没有接好，请找工作人员。
say-home = 您好。请选要办的事。要听积分，请按八。
say-called-off = 没有换，分退给您了。
say-rewards = { $category }。请选要换的。返回请按零。
say-variants = { $item }，请选一种。
say-quantity = { $item }，要多少？
say-confirm = { $item }，{ $count }，要用{ $points }分。要换，请按一。不换，请按二。
say-waiting = 请工作人员来刷胸牌。不想换了，请点不换了。
say-done = 换好了。请看屏幕，拿好东西和小票。
say-passbook = 这是您的记录。要听最近的，请按六。
say-remember = 下次也这样显示吗？要，请按一。不用，请按二。
say-pin = 请工作人员输密码，用手挡住键盘。
say-staff = 这是工作人员的画面，请看屏幕。
say-out-of-order = 机器要歇一会儿。办好的都记下了，积分一分不少。请找工作人员。
say-asking = 您还在吗？请按任意一个键。过{ $seconds }秒就退出，积分不会少。
say-help = 已经叫人了，请稍等。
say-balance = 您现在有{ $free }分。{ $some ->
    [yes] 还有{ $held }分，等工作人员确认。
   *[no] {""}
}
say-change = 现在有{ $before }分，换了以后还剩{ $after }分。
say-entry = { $what }，{ $way ->
    [in] 加
   *[out] 减
}{ $change }分，余{ $after }分。
say-not-enough = 积分不够，再攒一些就可以换了。差多少，请看屏幕。
say-clock = { $part ->
    [night] 凌晨
    [am] 上午
    [noon] 中午
    [evening] 晚上
   *[pm] 下午
}{ $hour }点{ $minute }

# 命令行，技术员看的
command-faults = { $many ->
    [one] 配置里有{ $count }处不对
   *[many] 配置里有{ $count }处不对
}
command-unheard = 回答写不出去：{ $why }。只是回答没写完，别的不受影响；请换个地方写
command-unsure = { $path }：写好了，是完整的，可能还没有真正落到盘上：{ $why }。请运行 sync；还不行就换一个盘
command-at = { $path }：{ $why }
command-stopped = 停下了，什么都没有写
kiosk-terminal = 这个终端不能用：{ $why }；请在至少 64x16 格的终端里运行
kiosk-ledger = { $data }/station.db：{ $why }；说过记好的都在盘上，运行 wenming audit --data { $data } 看看
script-step = 第{ $line }行：{ $what }
command-no-key = 本站还没有签名的钥匙，不能导出；运行 wenming keys 做一把
command-other-key = { $path }：和 station.key 不是一对；请把它挪开

warn-done = { $path }：{ $township } { $station }，奖品{ $rewards }样，规则{ $rules }条，胸牌{ $badges }个，读卡器{ $readers }个：没有错
warn-warning = 留意：{ $what }
warn-pin = { $who } 的密码是公开的例子，运行 wenming pin 换一个
warn-badge = { $who } 的胸牌是公开的例子，换成自己的卡
warn-badges = 读卡器「{ $reader }」写了 badges = true，可是{ $why }；去掉以后，在这里刷胸牌每次都要输密码
warn-typed = 有 typed-cards = true，谁都能给模拟的读卡器打一个胸牌号
warn-scanner = 它是扫码器，胸牌号谁都能印出来，或者用手机给它看
warn-keyboard = 它像键盘一样送号码，胸牌号谁都能印、能打
warn-lines = 它一行一行送号码，看不出是不是读卡器；能扫印的码就不要写
warn-port = 端口 { $port } 换个插口就变；运行 wenming device list，写 /dev/serial/by-id/ 里的名字
warn-no-rewards = catalogue.toml 里一样奖品也没有，居民没有东西可换
warn-empty = 类别 { $code } 里没有奖品，按钮点进去是空的
warn-past = 通知「{ $text }」{ $day } 就过去了，不会再显示，可以删掉

audit-figures = 操作    { $operations }
    分录    { $transfers }
    等确认  { $holds }
    最新    { $head }
    结构    { $schema }
    账本    { $ledger }
audit-as-built = 没有动过
audit-changed = 被改过
audit-clean = 没有错
audit-not-clean = 有错
audit-at = （序号 { $seq }）
audit-faults = { $many ->
    [one] 账本有{ $count }处错{ $at }：{ $what }
   *[many] 账本有{ $count }处错，第一处{ $at }：{ $what }
}
audit-next = 怎么办：停止兑换，不要改这个文件夹：{ $data }。运行 wenming doctor 看磁盘好不好；把上面的话报给总行。有好的备份，问过总行以后再用 wenming restore 恢复

backup-no-folder = { $path }：没有这个文件夹，什么都没有写。U盘插好了吗？先挂上它；真要新文件夹，先用 mkdir 建
backup-not-mounted = { $path }：这里没有挂U盘，写进去就写在机器自己的盘上了，什么都没有写。插好U盘，挂上再来
backup-written = { $path }：写好了，查过了
backup-there = { $path }：已经有了，和现在的一样，又查了一遍
backup-open = 这个盘上的文件谁都能看（FAT 和 exFAT 都这样）：把盘锁好，谁拿到都能看里面的姓名

restore-done = { $path }：恢复好了，查过了，到第{ $seq }号为止，{ $hash }
restore-incarnation = 这是本站的第{ $number }个盘，以后送出去的文件名里写着 i{ $number }。请记在纸上，告诉总行
restore-holds = 有{ $count }笔等确认的，请工作人员一笔一笔问清楚：交过了没有
restore-before = 原来的账本挪到了 { $path }，不要删，总行可能要看
restore-card-key = 缺 { $path }：没有它，一张卡也找不到，程序不会启动。从另外保管的那份放回去（只许服务的用户读）；真找不到了，所有卡都要重发
restore-station-key = 缺 { $path }：有另外保管的就放回去；没有就运行 wenming keys --data { $data } 做一把新的，把新的公钥交给总行
restore-since = 备份以后办的，这本账里没有：照小票、总行收到的补。备份以后删掉的姓名又回来了，请再删

keys-none = { $path } 里没有签名的钥匙；运行 wenming keys 做一把
keys-there = { $path } 里已经有签名的钥匙，不会覆盖；要看就运行 wenming keys --show
keys-figures = 公钥      { $path }
    念出来    { $zh }
              { $en }
    十六进制  { $hex }
keys-give = 把公钥交给总行，打电话把上面的词念给他们对一遍。

pin-ask = 六到八位的新密码（不显示）：{" "}
pin-again = 再输一遍：{" "}
pin-differ = 两遍不一样，什么都没有写；再运行一次 wenming pin
pin-refused = { $why }；什么都没有写，换一个密码
pin-form = 密码是六到八位数字，别的都不行
pin-run = 这是连号，像 123456，别人先试的就是它
pin-repeat = 数字在重复，像 121212，别人先试的就是它
pin-birthday = 看着是个日期，别人先试的就是生日
pin-birth-year = 里面有出生的年份，别人先试的就是它
pin-published = 这是公开例子里的密码，人人看得到

seed-there = { $path } 里已经有账本（{ $name }）；换一个空文件夹，什么都没有改
seed-failed = 建样例 { $path }：{ $why }；还没有建好，再运行一次
seed-done = { $path }：{ $operations }笔操作，最新 { $head }

export-waits = 进程 { $who } 正在导出这本账，等它，最多{ $secs }秒
export-sent = { $sink }：都在了
export-sink = { $sink }：{ $why }
export-remove = 可以拔U盘了
export-pending = { $many ->
    [one] 还有{ $count }笔总行没有说收到
   *[many] 还有{ $count }笔总行没有说收到
}
export-written = { $file }：{ $range }{ $marked }
export-marked = ；有记号：导出前查账有错，见 wenming audit
export-range = { $many ->
    [one] { $count }笔，第{ $from }到{ $to }号
   *[many] { $count }笔，第{ $from }到{ $to }号
}
export-empty = 0笔
export-absent = 不在，下次再送
export-ambiguous = 有两个U盘是这个卷标，只留一个
export-full = 满了；腾出地方，那里的没有动过
export-read-only = 写不进去；看看写保护的开关，或者权限
export-gone = 写到一半不见了，下次再送
export-different = 读回来的和写的不一样，换一个
export-refused = 不收：{ $why }
export-unsure = 写好了，可能还没写到盘上；再导出一次，还这样就换一个
export-slow = 太慢，下次再送
export-unread = 待送的包读不出来：{ $why }
export-failed = 没有写：{ $why }
export-none = 没有
export-up-to = 到第{ $seq }号
export-last = { $when }，{ $why }{ $marked }
export-asked = 有人点的时候
export-figures = 待送    { $outbox }个
    总行已收  { $acknowledged }
    还没收  { $waiting }笔
    上次    { $last }
    下次    { $next }
export-bundle = { $file }：{ $range }，{ $bytes }字节{ $recorded }
export-unrecorded = ；账本里没有记，下次导出时整理

verify-none = { $path }：里面没有导出的文件
verify-all = { $many ->
    [one] { $count }个，都是好的
   *[many] { $count }个，都是好的
}
verify-wrong = { $many ->
    [one] { $all }个里有{ $count }个不对，不要收，请重新拿
   *[many] { $all }个里有{ $count }个不对，不要收，请重新拿
}
verify-sound = { $file }：是好的
    操作  { $range }
    最新  { $head }
    写于  { $when }，程序 { $app }
    钥匙  { $key }{ $marked }
verify-marked = （有记号：写以前，站里自己查账有错）

store-full = 磁盘满了，没有写进账本；腾出地方再来
store-read-only = 磁盘只能读，没有写进账本
store-busy = 别的程序正在写账本，等一下再来
store-corrupt = 账本文件坏了：{ $why }。停止兑换，保留这个文件，运行 wenming doctor 看磁盘，报告总行；有好的备份，问过总行以后用 wenming restore 恢复
store-schema = 账本的结构不对：{ $what }；什么都没有写。它被别的程序改过，或者是别的版本建的：放回备份，或者留着它，运行 wenming audit 看全部
store-io = { $path }：{ $what } 没有成：{ $why }
store-disk = 磁盘出错：{ $why }
store-newer = 账本是新版程序写的（{ $found }），这个程序只认得到 { $known }；装回新版的程序
store-foreign = { $path }：不是本程序的账本
store-absent = { $path }：那里没有账本；用 --data 写对文件夹
store-unsafe = { $path }：不能用：{ $why }
store-kiosk = { $path }：已经有一个程序在这里运行（进程 { $process }）
store-locked = { $path }：进程 { $process } 占着，等了{ $secs }秒；什么都没有改，等它结束再来
store-key = { $path }：找卡的钥匙 card.key 不见了；从另外保管的那份放回去
store-taken = { $who }：这张卡已经有人用
store-unknown = { $what }：账本里没有
restore-occupied = { $path }：这里已经有账本，什么都没有改。换一个空文件夹；真要换掉它，加 --replace，原来的会留着
restore-in-use = { $path }：别的程序正开着这本账，什么都没有改。等它结束再来
restore-unreadable = { $path }：原来的账本读不出是本站的第几个盘（{ $why }），什么都没有改。查一查纸上记的、总行收到的文件名里 i 后面的号码，用加一的数写 --incarnation 数，再来一次
restore-counts = { $path }：从现在起就用恢复的这本账，可能还没有真正落到盘上：{ $why }。先看磁盘，再运行 wenming audit，它会把剩下的做完；以前的账本还在，没有删
restore-no-copy = { $path }：这是正在用的账本，不是备份；先用 wenming backup 做一份
restore-unsound = { $path }：这份备份有{ $faults }处错，第一处：{ $first }；什么都没有改。换一份备份
restore-no-number = { $path }：本站换盘的号码用完了
store-copy = { $path }：这份备份不行：{ $why }。站里的账本没有事；换一个盘，再备份一次
store-exists = { $path }：已经有了，是别的内容，不会覆盖
store-pin = { $who } 的密码哈希读不出来；运行 wenming pin 换一个
store-random = 系统给不出随机数：{ $why }
store-sqlite = 账本没有写成：{ $why }

io-full = 磁盘满了
io-read-only = 磁盘只能读
io-failed = 磁盘出错
io-denied = 没有权限
io-absent = 没有这个文件或文件夹
io-there = 已经有了
io-no-folder = 不是文件夹
io-pipe = 对方不收了

do-stopped = 到第{ $line }行停下了：后面的一行都没有记
do-unsure = 到第{ $line }行为止的最后一批可能记了，也可能没有：同一个文件再运行一次，不会记两遍。
do-refused = { $many ->
    [one] { $all }行里有{ $count }行没有办，回答里写着是哪行、为什么；别的都记了
   *[many] { $all }行里有{ $count }行没有办，回答里写着是哪行、为什么；别的都记了
}

list-serial = 串口{"    "}
list-printer = 打印机{"  "}
list-input = 键盘类{"  "}
list-played = 模拟{"    "}
list-config = 配置{"    "}
list-missing = 不在     { $port }，读卡器「{ $reader }」写的{ $why }
list-nothing = 什么设备都没有插
list-used = ，读卡器「{ $reader }」在用
list-no-right = ，没有权限：把服务的用户加进 { $group } 组

print-sent = 送了{ $bytes }字节到 { $port }；{ $state }
print-look = 看看纸：两行尺子一样宽，不缺字，二维码扫得出。
print-not = { $port } 什么都没有打：{ $problem }（{ $why }）
print-perhaps = { $port } 的这一张可能没打全：{ $problem }（{ $why }）
print-none = { $path } 里没有 [printer]；用 --port 和 --profile 写明
print-state = { $port }：{ $state }
print-absent = 没有打印机
print-unknown = 连得上，它不说自己怎样，多数打印机都这样
print-ready = 可以打
print-attention = 要人看一下：{ $problem }

table-days = --to { $to } 比 --from { $from } 还早
table-no-folder = { $path }：没有这个文件夹，先建好、挂好
table-written = { $path }：写好了
table-full = 满了
table-unwritten = { $path }：{ $why }；什么都没有写。腾出地方，或者换一个U盘，再来一次
table-exists = { $path }：已经有了，不会覆盖
table-busy = { $path }：另一个导出正在写它
table-folder = { $path }：是个文件夹，不是本程序的；看看谁放的，拿走再来
table-no-names = { $path } 里没有读得了的配置，奖品只写代码；用 --config 写明
table-no-badge = { $who } 不是工牌号，要像 M001 这样
table-pin = 密码（不显示）：{" "}

# 导入名单
import-fault = { $file }:{ $line }：{ $what }
import-none = { $count }处不对，什么都没有记。请改好再来。
import-unsure = 名单可能已经导入了，也可能没有：同样的再运行一次，不会重复。
import-dry = 只是试一试，什么都没有记。
import-people = 开户{ $count }人，发卡{ $sum }张；已经有的{ $known }人。
import-balances = 转来{ $count }人，一共{ $sum }分；已经转过的{ $known }人。
import-encoding = { $file } 不是 UTF-8，也不是 GB18030；请在表格软件里另存为「CSV UTF-8」。
import-column = { $file }：不认识「{ $column }」这一列；列名见 --template。
import-twice = { $file }：「{ $column }」这一列有两次。
import-missing = { $file }：缺「{ $column }」这一列；列名见 --template。
import-sign = 有看不见的符号：{ $sign }。
import-long = 太长了，最多{ $most }个字。
import-no-name = 没有姓名。
import-name = 「{ $cell }」不像姓名，或者太长。
import-born = 出生年「{ $cell }」不对，要写四位年份，如 1952。
import-group = 身份「{ $cell }」不认识：村民、党员、街巷长、未成年人、社会单位。
import-holder = 账户「{ $cell }」不认识：个人、单位、集体、家庭。
import-household = 户号「{ $cell }」不对：1到12个大写字母、数字和 -。
import-card = 卡号「{ $cell }」不对，或者是很多卡共有的号码。
import-consent = 本人没有同意（要写「是」）；没有签字的先不要导入。
import-guardian = 名单里没有编号「{ $cell }」的监护人。
import-same-row = 编号和第{ $other }行一样。
import-same-person = 和第{ $other }行是同一个人。
import-same-card = 卡号和第{ $other }行一样。
import-there = 这个人已经有账户，储户号{ $number }。
import-points = 分数「{ $cell }」不对，要写1以上的整数。
import-number = 储户号「{ $cell }」不对。
import-nobody = 储户号和卡号都没有，不知道是谁。
import-unknown = 没有这个储户，或者储户号和卡号不是同一个人。
import-other-name = 姓名对不上这个储户。
