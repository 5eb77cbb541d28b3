// SPDX-License-Identifier: EUPL-1.2
// Whom to call, searched as one types.
import type { PlanDocument } from '@/api/client'
import { useWords } from '@/lib/i18n'
import { DataTable } from '@/ui/data-table'
import { Dialled } from '@/ui/dialled'

export function Directory({ plan }: { plan: PlanDocument }) {
  const { t, label, f } = useWords()
  const rolesOf = (id: string | undefined) => plan.roles.filter(({ holder, deputies }) => holder === id || deputies?.includes(id ?? '')).map(({ name }) => name).join(', ')
  return (
    <DataTable
      caption={t('ui.plan.part.contacts')} rows={plan.contacts} rowKey={(one) => one.id ?? one.name} exportName="releve-annuaire"
      columns={[
        { key: 'name', head: t('ui.plan.field.name'), cell: ({ name }) => <b>{name}</b>, value: ({ name }) => name },
        { key: 'phone', head: t('ui.plan.field.phone'), cell: ({ phone }) => <Dialled number={phone ?? ''} />, value: ({ phone }) => phone ?? '' },
        { key: 'other', head: t('ui.plan.field.other_phone'), cell: ({ other_phone }) => <Dialled number={other_phone ?? ''} />, value: ({ other_phone }) => other_phone ?? '' },
        { key: 'post', head: t('ui.plan.field.post'), cell: ({ post }) => post, value: ({ post }) => post ?? '' },
        { key: 'roles', head: t('ui.plan.part.roles'), cell: ({ id }) => rolesOf(id), value: ({ id }) => rolesOf(id), minor: true },
        { key: 'group', head: t('ui.plan.field.group'), cell: ({ group }) => label('ui.plan.group', group), value: ({ group }) => label('ui.plan.group', group), minor: true },
        { key: 'checked', head: t('ui.plan.field.checked'), cell: ({ checked }) => (checked ? f.day(checked) : ''), value: ({ checked }) => checked ?? '', minor: true },
      ]}
    />
  )
}
