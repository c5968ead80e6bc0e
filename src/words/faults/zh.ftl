# 配置文件错在哪里、该怎么写：`wenming check`、docs/RULES.md
fault = { $file }:{ $line }:{ $column }: { $wrong }；{ $right }
right-and-sign = { $right }；{ $sign }
and = { $first }、{ $second }

# 文件
fault-no-folder = 这是文件，不是文件夹
right-folder = 请写 station.toml 所在的文件夹
fault-no-file = 没有这个文件
right-files = 配置文件夹里要有 station.toml、catalogue.toml、rules.toml、staff.toml
fault-too-large = 文件比 1 MiB 还大
right-no-config = 这不是配置文件，从备份里拿
fault-unread = 读不了：{ $why }
right-readable = 它要是普通文件，服务的用户要能读
fault-not-utf8 = 不是 UTF-8
right-utf8 = 另存为 UTF-8，不要存成 GBK 或 ANSI
# 解析器自己的话是英文的，这里不说；错在哪一类，后半句说
fault-toml = { $why ->
   *[parser] 这里不合 TOML 的写法
}
right-toml = { $kind ->
    [twice] 同一项写了两次，留一个
    [day] 写一个真有的日子，如 2026-01-31
    [text] 文字写在两个英文引号 " 中间，不换行
   *[line] 一行是 key = value、[section]、[[entry]] 或 # 备注
}
right-answer = 一行是 key = "文字"

# 看着像、其实不是的符号
sign-blank = { $point } 是{ $what ->
    [tied] 不换行的空格
    [wide] 全角空格
   *[other] 宽窄不同的空格
}，改成普通空格
sign-unseen = { $point } 看不见，删掉
sign-other = { $sign }（{ $point }）是{ $what ->
    [quote] 中文引号
    [wide] 全角符号
    [stop] 中文句号
    [comma] 中文顿号
    [bracket] 中文括号
    [dash] 另一种横线
   *[letter] 别的字母表里的字母
}，改成 { $instead }

# 项目
fault-unknown = { $table } 里没有 { $key } 这一项
right-known = 可以写 { $keys }
right-meant-key = 是不是 { $guess }？
fault-never = { $rule }：{ $table } 里不许有 { $key } 这一项
right-never-answer = 怎么投票、怎么打分都不动积分，只有参加可以算：删掉
right-never-standing = 文明值只会多开一扇门，不会对谁关门：删掉
right-never-public = 榜上加分只写打了星号的姓名，扣分只写数目：删掉
right-never-expiry = 积分什么时候到期，大家同一条规矩，得分时就说明：删掉
fault-missing = { $table } 里少了 { $key }
right-add-key = 加上 { $key } = ...
fault-only = { $key } 只用在 { $words }
right-only = 删掉它，或者改对 { $key }
fault-lone = 没有 { $other }，光写 { $key } 没有用
fault-beside = { $key } 和 { $other } 不能一起写
fault-used = { $thing ->
    [port] 这个端口
    [folder] 这个文件夹
    [badge] 这个胸牌
    [id] 编号 "{ $name }"
    [choice] 档次 "{ $name }"
    [kind] 种类 "{ $name }"
    [reader] 读卡器名 "{ $name }"
    [sink] 去处名 "{ $name }"
   *[code] 代码 "{ $name }"
}，第 { $line } 行已经用了
right-own = 各写各的，不能一样
fault-many = { $table } 有 { $count } 个
right-few-groups = 首页最多放 { $most } 个，合并几个
right-few-degrees = 最多 { $most } 档，再多分不清，合并几档
right-few-notices = 最多显示 { $most } 条，删掉多的
right-few = 最多 { $most } 个，删掉多的

# 值
fault-is = { $key } 写的是 { $value }
value-empty-list = 空的
value-list = 一串值
value-table = 一张表
right-meant = 是不是 "{ $guess }"？
right-one-of = 从这些里选一个：{ $words }
right-here = 这个文件里有 { $words }
right-add-table = 加一个这样的 [[{ $table }]]
right-text = 文字写在两个英文引号 " 中间
right-whole = 写 { $least } 到 { $most } 的整数
right-flag = 写 true 或 false
right-day = 写日子，如 2026-01-31，不加引号
right-table = 写成表，里面有 { $keys }
right-tables = 每一个写成 { $table }
right-list = 写成列表，如 { $example }；不要就整项删掉
right-code = 用 A-Z 0-9 -，1 到 12 个，不能用 - 开头
right-no-spreadsheet = 表格软件会把它当成{ $thing ->
    [number] 数字
    [date] 日期
   *[truth] 真假值
}：前面加个字母，如 "{ $other }"
right-set = 用 a-z 0-9 -，1 到 24 个，不能用 - 开头

# 给人看的文字
fault-unseen = { $key } 里有看不见的 { $point }
fault-two-widths = { $key } 里的 { $sign }（{ $point }）有的终端会画得宽一倍
right-without = 不要这个字符
fault-marks = { $key } 里的附加符号没有字母可依，或者一个字母上太多
right-marks = 照书上的样子写
fault-empty = { $key } 是空的
right-some-text = 写上文字
fault-wide = { $key } "{ $text }" 有 { $cells } 格宽
right-cells = 最多 { $most } 格，一个汉字占 2 格

# 时间
fault-has = { $key } 里的 "{ $text }" 不对
fault-has-time = { $key } 里的时间 "{ $text }" 不对
right-times = 时间从 00:00 到 24:00，都写两位数字
right-times-of-day = 时间从 00:00 到 23:59，都写两位数字
right-hours = 写星期和时间，如 "mon-fri 08:00-11:30"
fault-hours-end = hours 里的 "{ $text }" 还没开门就关门了
right-hours-end = 早的时间写前面；开过半夜的分成两段
fault-hours-backwards = hours 里的星期 "{ $text }" 倒了
right-hours-backwards = 先写前面的一天，从 mon 到 sun
fault-hours-day = hours 里的星期 "{ $text }" 不认识
right-hours-day = 星期写 mon、tue、wed、thu、fri、sat、sun
right-time = 写时间，如 "14:30"
fault-entries = { $key } 有 { $count } 条
right-entries = 最多 { $most } 条；8 点到 18 点每小时一次，写 "0 8-18 * * *"
right-schedule = 写时间，如 "18:00"；或者依次写分、时、日、月、星期，如 "0 */2 * * *"
fault-schedule-part = schedule 里的{ $part ->
    [minute] 分钟
    [hour] 小时
    [day] 日
    [month] 月
   *[weekday] 星期
} "{ $text }" 不对
right-schedule-part = { $part ->
    [minute] 分钟是 0 到 59
    [hour] 小时是 0 到 23
    [day] 日是 1 到 31，最后一天写 L
    [month] 月是 1 到 12，或者 JAN 到 DEC
   *[weekday] 星期是 0 到 6，0 是星期天，或者 SUN 到 SAT
}
fault-schedule-never = schedule 里的 "{ $text }" 哪一年都没有这一天
right-schedule-never = 选那个月有的日子，最后一天写 L

# station.toml
right-phone = 写 3 到 20 个数字、+、- 或空格
right-port = 写路径，如 /dev/serial/by-id/usb-1a86
right-printer = 写 /dev/usb/lp0、/dev/serial/by-id/...、tcp:192.168.1.50:9100、file:/var/... 或 sim:printer
right-speaks = { $device } 要写 "{ $format }"
right-speaks-two = { $device } 要写 "{ $format }" 或 "{ $other }"
right-built-without = 这个程序编译时没有带 { $feature }，见 docs/DEVICES.md
right-wedge = 它的 port 写 /dev/input/by-id/ 里用 -event-kbd 结尾的名字
right-pcsc = 它的 port 写 "pcsc:*"，或者 pcsc: 加上读卡器名字的一段
right-for-wedge = /dev/input 里的端口要配 "wedge"
right-for-pcsc = pcsc: 开头的端口要配 "pcsc"
right-short = 24 位的号码 65536 张卡共用一个，把读卡器设成 8H10D 或 10H
right-number = 加上 number = ...，或者删掉它
right-affix = 写 1 到 15 个英文字母、数字或英文符号
right-folder-path = 写从 / 开始的完整路径
right-command = 写成列表，如 ["aplay", "-q", "{"{"}file{"}"}"]，最多 16 段，每段最多 200 字节
fault-words = { $key } 有 { $count } 段
fault-clip = clip 没有说录音文件放在哪里
right-clip = 写 ["aplay", "-q", "{"{"}file{"}"}"]
right-clips = 加上里面有 zh/ 和 en/ 的文件夹
right-recipient = 从总行把 age1 开头的一整行原样抄来，现在少了或错了字母
right-path = 写用 / 开头的路径，里面不能有 ..
right-label = 照U盘上的卷标写，1 到 16 个字母、数字、- 或 _
right-endpoint = 写网址，如 https://s3.example.org
right-bucket = 用 a-z 0-9 . -，3 到 63 个，头尾是 a-z 0-9
right-region = 用 a-z 0-9 -，1 到 40 个；没有分区就写 us-east-1

# catalogue.toml、notices.toml
fault-beside-option = 有了 [[item.option]] 就不能写 { $key }
right-beside-option = 价格写在每个 option 里，这里的删掉
fault-together = "{ $text }" 有 { $cells } 格宽
right-together = 奖品和规格连起来最多 { $most } 格
fault-never-open = 奖品 { $item } 能换的时候，商户 { $partner } 都不开门
right-never-open = 时间选在商户开门的时候
fault-activity = [[activity]] 里 day 和 weekday 要写一个，只写一个
right-activity = 写 day = 2026-01-31 或 weekday = "sat"

# staff.toml
fault-nobody = 一个人也没有，谁都不能确认兑换
right-nobody = 至少写一个 [[staff]]
fault-badge = badge 不是卡号
right-badge = 照读卡器读到的写，4 到 32 个字母和数字，放在两个英文引号 " 中间
fault-badge-shared = badge 这个号码很多卡都有，或者不是卡号
right-badge-own = 给这个人换一张卡，号码要是它自己的
fault-pin = pin 不是本站能核对的 argon2id 密码串
right-pin = 运行 wenming pin，把 $argon2id$ 开头的那一行贴进来
right-account = 写居民的账户：R- 加 16 个 0-9 A-F

# rules.toml
right-by-degree = 分数跟着档次走，这一项删掉
fault-degrees = choices 不到两档
right-degrees = 写两档以上，或者改写 points
right-by-time = 分数跟着次数走，两项删掉一项
fault-repeat-first = repeat 的第一个数是 { $first }，points 却是 { $points }
right-repeat-first = 两处写一样的数
right-steps = 写两到五个数，如 [8, 15, 20]
right-steps-rise = 后一个要比前一个大，如 [8, 15, 20]
right-remedy = 写 {"{"} days = 7, back = 50 {"}"}，或者 "none"
right-minutes = 服务时长要用 unit = "hour"：改成它，或者删掉这一项
right-until = 写 from 那一天，或者更晚的日子
right-self = 扣分不能由居民自己提出来：删掉

# 公道规矩
fair-evidence = F1：扣分不用拿出凭据
fair-evidence-right = 加上 evidence = {"{"} zh = "...", en = "..." {"}"}
fair-remedy = F1：没有说改正了能不能还分
fair-remedy-right = 加上 remedy = {"{"} days = 7, back = 50 {"}"} 或 remedy = "none"
fair-alone = F1：一个人就能扣分
fair-alone-right = 写 path = "second"，或者 review、town
fair-free = F2：扣分的规则，{ $key } 里有「{ $word }」
fair-free-right = 谁也不会因为说话、因为不来就扣分；这条要是这个意思，就删掉
fair-set-alone = F4："{ $set }" 这一组只有这一条规则
fair-set-alone-right = 同一件事的另一条规则也写这个词，或者删掉
fair-set-mixed = F4："{ $set }" 里第 { $line } 行的规则和这一条一个加、一个扣
fair-set-mixed-right = 一组里要么都加，要么都扣
fair-unseen = F5：评议会定了就记，外面的人事先看不到
fair-unseen-right = 加上 notice-days = 7
fair-unbounded = F5：一个人靠这条规则能得多少分，没有上限
fair-unbounded-right = 加上 cap = {"{"} points = 40, per = "month" {"}"}，或者一户的上限
fair-relative = F5：记分的可能是亲戚，又没有别人看到
fair-relative-right = 加上 evidence、second-above 或 path = "second"
fair-taker = F8：扣分由站长记，还要另一个人看过
fair-taker-right = 写 recorder = "manager"
fair-decider = F8：这件事由站长定，站长自己报上来又自己定
fair-decider-right = 写 recorder = "attendant"
fair-notice = F10：from 是 { $from }，离 { $day } 只有 { $left } 天
fair-notice-right = 改动要先公示 { $shown } 天；没有公示过就写晚一点的日子
fair-guardian = F11：监护人只能替未成年人确认
fair-guardian-right = 只留 minor，或者换一个 path
fair-minors = F11：未成年人自己申报，监护人看不到
fair-minors-right = 给他们单独写一条 path = "guardian" 的规则，或者去掉 minor 或 self

# 不止一处错；没有写进去的设置
fault-first = { $count }处：{ $first }
setting-edited = 读过以后文件又改了，先重新读配置
setting-own-way = 文件的写法和平常不一样，请用手改

# 查账查出来的
audit-line = 序号 { $seq }：{ $what }
audit-gap = 序号中间缺了一段
audit-prev = prev 不是前一笔的 hash
audit-hash = hash 和 prev、body 对不上
audit-legs = 分录少了或者多了
audit-leg = 有分录，没有这一笔操作
audit-column = 有一栏不合表的规定（CHECK）
audit-look = 这种操作不该是这个样子
audit-kind = 不认识的操作种类
audit-phase = 分录的阶段和操作的种类对不上
audit-body = body 和各栏、分录对不上
audit-trusted = trusted 不是最近一笔时钟可信的操作
audit-hold = open_hold 没有写明它还等不等
audit-settled = 一笔留分结了两次，或者结的不是留分
audit-settled-legs = 分录和留分时的不一样
audit-reversed = 更正了不能更正的，或者更正了两次
audit-reversed-legs = 分录和被更正的那一笔不是正好相反
audit-balance = { $who } 的余额和分录加起来的对不上
audit-floored = { $who } 的 floored 和账户的不一样
audit-below = { $who } 的余额小于零
audit-passing = { $who } 不是 0：经过它的分没有到该到的地方
audit-no-balance = 账户 { $account }、单位 { $unit }、期 { $bucket } 没有余额
audit-unit = 单位 { $unit } 的借方和贷方不相等
audit-quick-check = quick_check：{ $what }
audit-object = { $what ->
    [table] 表
    [index] 索引
    [trigger] 触发器
    [view] 视图
    [account_kind] account_kind 的一行
    [kind] kind 的一行
    [way] way 的一行
   *[other] { $what }
} { $name }
audit-missing = 结构：{ $object } 不见了，或者被改过
audit-more = 结构：{ $object } 不是本程序的
audit-unread = 结构：{ $why }
